"""How amounts are cut: the cooperative's choice."""

from decimal import ROUND_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal
from enum import StrEnum

from domain.finance.precision import CONTEXT
from domain.money import Centavos

PESO = Decimal(1)
CENTAVO = Decimal("0.01")
# What a power of many digits leaves behind: 0.99999999999999999999999… is meant to be 1.
NOISE = Decimal("1E-20")
# Fine enough that no error grows into a centavo over the longest credit, coarse enough that sums of
# 10^15 pesos are exact in sixty digits.
GRAIN = Decimal("1E-30")


class Rounding(StrEnum):
    """`TRUNCATE` and `HALF_UP` to whole pesos; `NONE` keeps thirty decimals of a peso."""

    TRUNCATE = "truncate"
    HALF_UP = "half_up"
    NONE = "none"

    def money(self, amount: Decimal) -> Decimal:
        """That amount of pesos (0 or more) as this mode books it."""
        if self is Rounding.NONE:
            return amount.quantize(GRAIN, ROUND_HALF_EVEN, CONTEXT)
        cut = ROUND_DOWN if self is Rounding.TRUNCATE else ROUND_HALF_UP
        return amount.quantize(NOISE, ROUND_HALF_EVEN, CONTEXT).quantize(PESO, cut, CONTEXT)

    def shown(self, amount: Decimal) -> Decimal:
        """That amount as it is shown: whole pesos, or centavos (half up) of an exact one."""
        unit = CENTAVO if self is Rounding.NONE else PESO
        return amount.quantize(unit, ROUND_HALF_UP, CONTEXT)


def centavos(pesos: Decimal) -> Centavos:
    """An exact amount of pesos as the screens take it: in centavos, half up."""
    return Centavos(pesos.quantize(CENTAVO, ROUND_HALF_UP, CONTEXT).scaleb(2, CONTEXT))
