"""The rate that a series of payments amounts to."""

from collections.abc import Sequence
from decimal import Decimal

from domain.finance.periods import PER_YEAR, Period
from domain.finance.precision import exactly
from domain.money import Percent

_ENOUGH = Decimal("1E-25")
_MOST_STEPS = 200


@exactly
def effective_annual_of_payments(
    lent: Decimal, payments: Sequence[Decimal], period: Period
) -> Percent:
    """The internal rate of return of a loan and its payments (one a period), as effective annual
    percent; ArithmeticError when they return less than was lent."""
    fraction = periodic_return(lent, payments)
    return Percent(((1 + fraction) ** PER_YEAR[period] - 1) * 100)


@exactly
def periodic_return(lent: Decimal, payments: Sequence[Decimal]) -> Decimal:
    """The rate a period at which the payments are worth what was lent, as a fraction.

    Newton's method on the logarithms of discount factor and value: convex, so that it comes from
    one side without ever overshooting.
    """
    if sum(payments) < lent:
        raise ArithmeticError("the payments return less than was lent")
    factor = Decimal(1)
    for _ in range(_MOST_STEPS):
        value, slope = _worth(factor, payments)
        step = (lent / value) ** (value / (factor * slope))
        factor *= step
        if abs(1 - step) < _ENOUGH:
            return 1 / factor - 1
    raise ArithmeticError("the rate of these payments was not found")


def _worth(factor: Decimal, payments: Sequence[Decimal]) -> tuple[Decimal, Decimal]:
    """The payments' present value at a discount factor, and its derivative (Horner)."""
    value = slope = Decimal(0)
    for payment in reversed(payments):
        slope = slope * factor + value
        value = value * factor + payment
    return value * factor, slope * factor + value
