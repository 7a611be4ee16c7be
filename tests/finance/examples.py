"""The published calculations of `worked_examples.json`, in our own terms."""

import json
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from domain.finance.cdats import Cdat, DayBase
from domain.finance.loans import Insurance, InsuranceBase, Loan, System
from domain.finance.periods import Period
from domain.finance.rates import Rate, RateKind
from domain.finance.rounding import Rounding
from domain.finance.withholding import Withholding
from domain.money import Percent

FILE = Path(__file__).with_name("worked_examples.json")
DAY = date(2026, 11, 25)
SYSTEMS = {
    "credit_french": System.LEVEL,
    "annuity_present_value": System.LEVEL,
    "credit_first_instalment_with_insurance": System.LEVEL,
    "credit_constant_principal": System.CONSTANT_PRINCIPAL,
    "credit_bullet": System.BULLET,
}
CDATS = ("cdt_at_maturity", "cdt_periodic_payment", "savings_daily_accrual")
RATE_KINDS = {
    "effective_annual": RateKind.EFFECTIVE_ANNUAL,
    "nominal_annual_monthly": RateKind.NOMINAL_MONTHLY,
    "nominal_annual_quarterly": RateKind.NOMINAL_QUARTERLY,
    "periodic_monthly": RateKind.MONTHLY,
}


@dataclass(frozen=True)
class Example:
    """One of the file's examples."""

    values: dict[str, Any]

    @property
    def id(self) -> str:
        return self.values["id"]

    @property
    def kind(self) -> str:
        return self.values["kind"]

    @property
    def convention(self) -> dict[str, Any]:
        return self.values["convention"]

    @property
    def expected(self) -> dict[str, Any]:
        return self.values["expected"]

    @property
    def tolerance(self) -> Decimal:
        return Decimal(self.values["tolerance"])

    @property
    def row_tolerance(self) -> Decimal:
        return Decimal(self.values.get("row_tolerance", self.values["tolerance"]))

    @property
    def rows(self) -> list[dict[str, Decimal]]:
        names = self.expected.get("row_fields", ())
        printed = self.expected.get("rows", ())
        return [
            {name: Decimal(str(cell)) for name, cell in zip(names, row, strict=True)}
            for row in printed
        ]

    @property
    def principal(self) -> Decimal:
        # A textbook gives the payment and asks for the loan: see the example's note.
        if self.kind == "annuity_present_value":
            return Decimal(self.expected["present_value"])
        return Decimal(self.values["principal"])

    @property
    def percent(self) -> Percent:
        return Percent(Decimal(self.values["rate"]) * 100)

    @property
    def period(self) -> Period:
        return Period(self.values["period"] or "monthly")

    @property
    def rate_kind(self) -> RateKind:
        if self.values["rate_kind"] == "periodic":
            return RateKind(self.period.value)
        return RATE_KINDS[self.values["rate_kind"]]

    @property
    def rounding(self) -> Rounding:
        truncated = self.convention.get("rounding", "").startswith("truncate to whole pesos")
        return Rounding.TRUNCATE if truncated else Rounding.NONE

    @property
    def insurance(self) -> Insurance:
        said = self.convention.get("insurance")
        per_mille = Decimal(said.split()[0]) if said else Decimal(0)
        return Insurance(InsuranceBase.BALANCE, per_mille)

    @property
    def stated_payment(self) -> Decimal | None:
        stated = self.convention.get("stated_instalment")
        return Decimal(stated) if stated else None

    @property
    def withholding(self) -> Percent:
        return Percent(Decimal(self.convention.get("withholding", "0")) * 100)

    def loan(self) -> Loan:
        return Loan(
            principal=self.principal,
            rate=Rate(self.percent, self.rate_kind),
            term=self.values["term"],
            disbursed_on=DAY,
            period=self.period,
            system=SYSTEMS[self.kind],
            rounding=self.rounding,
            insurance=self.insurance,
        )

    @property
    def settlement(self) -> Period:
        monthly = self.values["period"] == "monthly"
        return Period.MONTHLY if monthly else Period.AT_MATURITY

    @property
    def days(self) -> int:
        return self.values["term"] * (30 if self.settlement is Period.MONTHLY else 1)

    def cdat(self) -> Cdat:
        return Cdat(
            amount=self.principal,
            rate=Rate(self.percent, self.rate_kind),
            days=self.days,
            opened_on=DAY,
            day_base=DayBase(self.convention.get("day_base", 360)),
            settlement=self.settlement,
            withholding=Withholding(self.withholding),
        )


EXAMPLES = [Example(values) for values in json.loads(FILE.read_text("utf-8"))["examples"]]


def of_kinds(*kinds: str) -> list[Example]:
    return [example for example in EXAMPLES if example.kind in kinds]
