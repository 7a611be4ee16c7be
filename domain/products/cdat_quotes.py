"""Quoting a CDAT of one of the cooperative's lines."""

from dataclasses import dataclass
from decimal import Decimal

from domain.finance.cdats import Cdat, CdatYield, compare_settlements, work_out
from domain.finance.periods import Period
from domain.products.amounts import amount_range
from domain.products.lines import CdatLine, Products, RateBand
from domain.products.ranges import AmountRange, Situation
from domain.products.refusals import (
    AmountOutOfRange,
    PeriodNotOffered,
    TermOutOfRange,
)
from domain.products.tables import TaxedProduct
from domain.products.terms import check_fits


@dataclass(frozen=True, slots=True)
class CdatRequest:
    """What a member asks for: the line's id, pesos, days, and when interest is paid."""

    line: str
    amount: Decimal
    days: int
    settlement: Period = Period.AT_MATURITY


@dataclass(frozen=True, slots=True)
class CdatQuote:
    """A CDAT of that line on that day; `band.validity.since` is the date of the rate, and
    `comparison` the same money under every settlement period that the line and term allow."""

    line: CdatLine
    situation: Situation
    request: CdatRequest
    band: RateBand
    outcome: CdatYield
    comparison: tuple[CdatYield, ...]


@dataclass(frozen=True, slots=True)
class CdatQuotes:
    """Answers what a CDAT of a line would yield."""

    products: Products

    def amounts(self, line: str, situation: Situation) -> AmountRange:
        """What may be deposited, in pesos; UnknownLine, MissingFigure."""
        return amount_range(self.products.cdat(line), self.products.tables, situation)

    def settlements(self, line: str, days: int) -> tuple[Period, ...]:
        """The settlement periods that the line offers for that term; UnknownLine."""
        cdat = self.products.cdat(line)
        return tuple(period for period in cdat.settlements if cdat.fits(days, period))

    def quote(self, request: CdatRequest, situation: Situation) -> CdatQuote:
        """The yield and its rate; a Refusal says why there is none, with the line's limits."""
        line = self.products.cdat(request.line)
        self._check(line, request, situation)
        band = line.band(request.days, request.amount, situation.day)
        cdat = Cdat(
            amount=request.amount,
            rate=line.rate(band),
            days=request.days,
            opened_on=situation.day,
            day_base=line.day_base,
            settlement=request.settlement,
            rounding=line.rounding,
            withholding=self.products.tables.withholding_of(TaxedProduct.CDAT, situation.day),
        )
        comparison = compare_settlements(cdat, line.settlements)
        return CdatQuote(line, situation, request, band, work_out(cdat), comparison)

    def _check(self, line: CdatLine, request: CdatRequest, situation: Situation) -> None:
        allowed = amount_range(line, self.products.tables, situation)
        if not allowed.holds(request.amount):
            raise AmountOutOfRange(request.amount, allowed)
        if not line.terms.holds(request.days):
            raise TermOutOfRange(request.days, line.terms)
        if request.settlement not in line.settlements:
            raise PeriodNotOffered(request.settlement, line.settlements)
        check_fits(line, request.days, request.settlement)
