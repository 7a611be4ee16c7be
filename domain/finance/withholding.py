"""Withholding tax on yields (E.T. arts. 395 and 396: on the whole of each payment)."""

from dataclasses import dataclass
from decimal import Decimal

from domain.finance.precision import exactly
from domain.finance.rounding import Rounding
from domain.money import Percent


@dataclass(frozen=True, slots=True)
class Withholding:
    """A rate in percent; below `daily_threshold` pesos of interest a day nothing is withheld
    (DUR 1625/2016 art. 1.2.4.2.87: 0.055 UVT a day)."""

    percent: Percent
    daily_threshold: Decimal = Decimal(0)

    @exactly
    def of(self, interest: Decimal, days: int, rounding: Rounding) -> Decimal:
        """What is withheld from the interest of so many days, in pesos.

        The threshold is inclusive; reached, the whole interest is the base.
        """
        if interest < self.daily_threshold * days:
            return Decimal(0)
        return rounding.money(interest * self.percent / 100)


NOT_WITHHELD = Withholding(Percent(0))
