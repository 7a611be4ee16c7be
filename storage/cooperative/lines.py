"""`[[credit]]` and `[[cdat]]`: what the cooperative offers."""

from decimal import Decimal
from typing import Annotated, Self

from pydantic import AfterValidator, Field, model_validator

from domain.finance.cdats import DayBase
from domain.finance.loans import Insurance, InsuranceBase, System
from domain.finance.periods import PER_YEAR, Period
from domain.finance.rates import RateKind
from domain.finance.rounding import Rounding
from domain.money import Percent
from domain.products.lines import CdatLine, CreditLine, RateBand, Span
from domain.products.ranges import Limit, Measure, TermRange
from storage.cooperative.model import (
    AmountPair,
    Dated,
    Flag,
    NotNegative,
    Positive,
    RatePercent,
    Table,
    TermPair,
    Text,
    Whole,
    fault,
    in_order,
)
from storage.cooperative.problems import Fault

Id = Annotated[str, Field(strict=True, pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=20)]
Name = Annotated[Text, Field(max_length=40)]


def _pays_back(period: Period) -> Period:
    if period not in PER_YEAR:
        raise fault(Fault.NOT_LISTED, expected=", ".join(PER_YEAR))
    return period


CreditPeriod = Annotated[Period, AfterValidator(_pays_back)]


class LimitsTable(Table):
    """A limit in each measure; all that are given apply."""

    pesos: Positive | None = None
    smmlv: Positive | None = None
    contributions: Positive | None = None

    @model_validator(mode="after")
    def _some(self) -> Self:
        if not self.model_fields_set:
            raise fault(Fault.NO_LIMIT)
        return self

    def value(self) -> tuple[Limit, ...]:
        given = self.model_dump(exclude_none=True)
        return tuple(Limit(value, Measure(name)) for name, value in given.items())


class InsuranceTable(Table):
    """Debtor's life insurance, per mille a month."""

    base: InsuranceBase
    per_mille: NotNegative

    def value(self) -> Insurance:
        return Insurance(self.base, self.per_mille)


class RateTable(Dated):
    """A rate for some amounts while it is valid."""

    percent: RatePercent
    amounts: AmountPair | None = None

    @model_validator(mode="after")
    def _amounts_in_order(self) -> Self:
        in_order("amounts", self.amounts)
        return self

    def band(self, terms: tuple[int, int] | None) -> RateBand:
        amounts = Span(*self.amounts) if self.amounts else Span()
        span = Span(*map(Decimal, terms)) if terms else Span()
        return RateBand(Percent(self.percent), self.validity, span, amounts)


class CreditRateTable(RateTable):
    months: TermPair | None = None

    @model_validator(mode="after")
    def _months_in_order(self) -> Self:
        in_order("months", self.months)
        return self


class CdatRateTable(RateTable):
    days: TermPair | None = None

    @model_validator(mode="after")
    def _days_in_order(self) -> Self:
        in_order("days", self.days)
        return self


class LineTable(Table):
    """What credits and CDATs have in common."""

    id: Id
    name: Name
    about: Text
    minimum: LimitsTable
    maximum: LimitsTable | None = None
    rounding: Rounding
    requirements: Text

    def limits(self) -> tuple[tuple[Limit, ...], tuple[Limit, ...]]:
        return self.minimum.value(), self.maximum.value() if self.maximum else ()


class CreditTable(LineTable):
    """A line of credit; terms in months."""

    months: TermPair
    usual_months: Annotated[tuple[Whole, ...], Field(min_length=1)]
    only_usual: Flag = False
    periods: Annotated[tuple[CreditPeriod, ...], Field(min_length=1)]
    systems: Annotated[tuple[System, ...], Field(min_length=1)]
    rate_kind: RateKind
    insurance: InsuranceTable | None = None
    payroll: Flag = False
    rates: Annotated[tuple[CreditRateTable, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _terms(self) -> Self:
        check_terms("months", self.months, self.usual_months)
        return self

    def value(self) -> CreditLine:
        minimum, maximum = self.limits()
        return CreditLine(
            id=self.id,
            name=self.name,
            about=self.about,
            minimum=minimum,
            maximum=maximum,
            terms=TermRange(*self.months, self.usual_months, self.only_usual),
            periods=self.periods,
            systems=self.systems,
            rate_kind=self.rate_kind,
            bands=tuple(rate.band(rate.months) for rate in self.rates),
            rounding=self.rounding,
            insurance=self.insurance.value() if self.insurance else Insurance(),
            payroll=self.payroll,
            requirements=self.requirements,
        )


class CdatTable(LineTable):
    """A line of CDAT; terms in days."""

    days: TermPair
    usual_days: Annotated[tuple[Whole, ...], Field(min_length=1)]
    only_usual: Flag = False
    settlements: Annotated[tuple[Period, ...], Field(min_length=1)]
    day_base: DayBase
    rate_kind: RateKind = RateKind.EFFECTIVE_ANNUAL
    rates: Annotated[tuple[CdatRateTable, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _terms(self) -> Self:
        check_terms("days", self.days, self.usual_days)
        return self

    def value(self) -> CdatLine:
        minimum, maximum = self.limits()
        return CdatLine(
            id=self.id,
            name=self.name,
            about=self.about,
            minimum=minimum,
            maximum=maximum,
            terms=TermRange(*self.days, self.usual_days, self.only_usual),
            settlements=self.settlements,
            rate_kind=self.rate_kind,
            bands=tuple(rate.band(rate.days) for rate in self.rates),
            rounding=self.rounding,
            day_base=self.day_base,
            requirements=self.requirements,
        )


def check_terms(unit: str, pair: tuple[int, int], usual: tuple[int, ...]) -> None:
    """Refuse a pair that is out of order, and usual terms outside of it."""
    in_order(unit, pair)
    for at, term in enumerate(usual):
        if not pair[0] <= term <= pair[1]:
            raise fault(Fault.USUAL_OUTSIDE, f"usual_{unit}", at, detail=term)
