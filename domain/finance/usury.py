"""The usury cap (C.Co. art. 884): one and a half times the certified bank interest."""

from decimal import ROUND_HALF_UP, Decimal

from domain.finance.precision import CONTEXT, exactly
from domain.money import Percent

_MULTIPLE = Decimal("1.5")
_HUNDREDTH = Decimal("0.01")


@exactly
def usury_cap(bank_interest: Percent) -> Percent:
    """The cap that follows from the certified bank interest (IBC), both effective annual percent;
    to two decimals, half up, as the SFC publishes it."""
    return Percent((bank_interest * _MULTIPLE).quantize(_HUNDREDTH, ROUND_HALF_UP, CONTEXT))
