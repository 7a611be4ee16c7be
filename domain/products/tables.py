"""The dated figures that the law gives: UVT, minimum wage, usury cap, withholding."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from domain.finance.precision import exactly
from domain.finance.withholding import Withholding
from domain.money import Percent
from domain.products.ranges import Validity
from domain.products.refusals import MissingFigure, TableName


class TaxedProduct(StrEnum):
    """The products whose yields are withheld from."""

    CDAT = "cdat"
    SAVINGS = "savings"


@dataclass(frozen=True, slots=True)
class WithholdingRule:
    """The withholding of a product while it is valid; `daily_uvt` is the exempt interest a day."""

    product: TaxedProduct
    percent: Percent
    validity: Validity
    daily_uvt: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class UsuryCap:
    """The highest legal rate, effective annual percent, and the month it was certified for (its
    first day)."""

    percent: Percent
    month: date


@dataclass(frozen=True, slots=True)
class Tables:
    """Figures by year (pesos) and month (effective annual percent, keyed by the first day).

    MissingFigure where there is none: another date's figure is never taken in its place unsaid.
    """

    uvt: Mapping[int, Decimal] = field(default_factory=dict)
    minimum_wage: Mapping[int, Decimal] = field(default_factory=dict)
    usury: Mapping[date, Percent] = field(default_factory=dict)
    withholding: tuple[WithholdingRule, ...] = ()

    def uvt_of(self, day: date) -> Decimal:
        """The tax value unit of that year, in pesos."""
        return _of_year(self.uvt, TableName.UVT, day)

    def minimum_wage_of(self, day: date) -> Decimal:
        """The legal monthly minimum wage of that year, in pesos."""
        return _of_year(self.minimum_wage, TableName.MINIMUM_WAGE, day)

    def usury_cap_of(self, day: date) -> UsuryCap:
        """The cap certified for that very month."""
        month = day.replace(day=1)
        if month not in self.usury:
            raise MissingFigure(TableName.USURY, month)
        return UsuryCap(self.usury[month], month)

    def newest_usury_cap(self, day: date) -> UsuryCap:
        """The cap of that month or of the last one before it that is known: whoever shows it says
        which month it is of."""
        known = [month for month in self.usury if month <= day]
        if not known:
            raise MissingFigure(TableName.USURY, day.replace(day=1))
        return UsuryCap(self.usury[max(known)], max(known))

    @exactly
    def withholding_of(self, product: TaxedProduct, day: date) -> Withholding:
        """The withholding in force on that day, its threshold in that year's pesos."""
        for rule in self.withholding:
            if rule.product is product and rule.validity.covers(day):
                uvt = self.uvt_of(day) if rule.daily_uvt else Decimal(0)
                return Withholding(rule.percent, rule.daily_uvt * uvt)
        raise MissingFigure(TableName.WITHHOLDING, day)


def _of_year(values: Mapping[int, Decimal], name: TableName, day: date) -> Decimal:
    if day.year not in values:
        raise MissingFigure(name, date(day.year, 1, 1))
    return values[day.year]
