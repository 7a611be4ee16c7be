"""A credit worked out: its schedule and what it costs in all."""

from dataclasses import dataclass
from decimal import Decimal

from domain.finance.loans import Loan, UnusableTerms
from domain.finance.precision import exactly
from domain.finance.rates import effective_annual, periodic_fraction
from domain.finance.rows import (
    NOTHING,
    Instalment,
    Stretch,
    pay_down,
    principal_part,
    until_paid,
)
from domain.finance.yields import effective_annual_of_payments
from domain.money import Percent


@dataclass(frozen=True, slots=True)
class Schedule:
    """A credit worked out. `instalment` and `last_instalment` are principal + interest of the
    first and the last row, without insurance; `effective_annual` counts the insurance too."""

    loan: Loan
    periodic_rate: Percent
    rate_effective_annual: Percent
    effective_annual: Percent
    instalment: Decimal
    last_instalment: Decimal
    total_interest: Decimal
    total_insurance: Decimal
    total_paid: Decimal
    rows: tuple[Instalment, ...]

    @property
    def first_payment(self) -> Decimal:
        """The first instalment with its insurance, in pesos."""
        return self.rows[0].payment

    @property
    def last_payment(self) -> Decimal:
        """The last instalment with its insurance, in pesos."""
        return self.rows[-1].payment


@exactly
def amortise(loan: Loan) -> Schedule:
    """The schedule of a credit: principal parts add up to the loan, the final balance is 0.

    The last instalment is the remaining balance and its interest.
    """
    whole = Stretch(loan.principal, 1, loan.term)
    return _summed(loan, pay_down(loan, whole, principal_part(loan, whole)))


@exactly
def pay_steadily(loan: Loan, payment: Decimal) -> Schedule:
    """The schedule of paying so many pesos each time, insurance included, until nothing is owed
    or the term is over; UnusableTerms("payment") when that does not cover interest and insurance.
    """
    whole = Stretch(loan.principal, 1, loan.term)
    rows = pay_down(loan, whole, lambda interest, insurance: payment - interest - insurance)
    if payment <= rows[0].interest + rows[0].insurance:
        raise UnusableTerms("payment")
    return _summed(loan, until_paid(rows))


def _summed(loan: Loan, rows: tuple[Instalment, ...]) -> Schedule:
    insurance = sum((row.insurance for row in rows), NOTHING)
    payments = [row.payment for row in rows]
    own = effective_annual(loan.rate)
    first, last = rows[0], rows[-1]
    return Schedule(
        loan=loan,
        periodic_rate=Percent(periodic_fraction(loan.rate, loan.period) * 100),
        rate_effective_annual=own,
        effective_annual=(
            effective_annual_of_payments(loan.principal, payments, loan.period)
            if insurance
            else own
        ),
        instalment=first.principal + first.interest,
        last_instalment=last.principal + last.interest,
        total_interest=sum((row.interest for row in rows), NOTHING),
        total_insurance=insurance,
        total_paid=sum(payments, NOTHING),
        rows=rows,
    )
