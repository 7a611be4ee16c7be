"""The dated tables: UVT, minimum wage, usury cap, withholding; and the rules of the payroll."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Annotated

from pydantic import Field

from domain.finance.capacity import Payroll
from domain.finance.usury import usury_cap
from domain.money import Percent
from domain.products.tables import TaxedProduct, WithholdingRule
from storage.cooperative.model import Dated, NotNegative, Positive, RatePercent, Share, Table
from storage.cooperative.problems import Fault, Problem

Year = Annotated[str, Field(pattern=r"^\d{4}$")]
Month = Annotated[str, Field(pattern=r"^\d{4}-(0[1-9]|1[0-2])$")]
ByYear = dict[Year, Positive]
ByMonth = dict[Month, RatePercent]


def by_year(table: ByYear) -> dict[int, Decimal]:
    """Pesos by year."""
    return {int(year): pesos for year, pesos in table.items()}


def caps(usury: ByMonth, bank_interest: ByMonth) -> dict[date, Percent]:
    """The usury cap by the first day of its month; made from the certified bank interest where
    only that is given."""
    made = {month: usury_cap(Percent(rate)) for month, rate in bank_interest.items()}
    given = {month: Percent(cap) for month, cap in usury.items()}
    return {date.fromisoformat(f"{month}-01"): cap for month, cap in (made | given).items()}


def contradictions(usury: ByMonth, bank_interest: ByMonth) -> Iterator[Problem]:
    """Months whose cap is not the one that their bank interest makes."""
    for month in usury.keys() & bank_interest.keys():
        made = usury_cap(Percent(bank_interest[month]))
        if made != usury[month]:
            yield Problem(Fault.CAP_CONTRADICTS, ("usury", month), {"detail": made})


class WithholdingTable(Dated):
    """What is withheld from the yields of a product."""

    product: TaxedProduct
    percent: Share
    daily_uvt: NotNegative = Decimal(0)

    def value(self) -> WithholdingRule:
        return WithholdingRule(self.product, Percent(self.percent), self.validity, self.daily_uvt)


class PayrollTable(Table):
    """How much of a salary may be deducted."""

    legal_deductions: Share = Decimal(8)
    deductible: Share = Decimal(50)

    def value(self) -> Payroll:
        return Payroll(Percent(self.legal_deductions), Percent(self.deductible))
