"""Quoting a credit of one of the cooperative's lines."""

from dataclasses import dataclass, replace
from decimal import Decimal

from domain.finance.borrowing import largest_principal
from domain.finance.loans import Loan, System
from domain.finance.periods import Period, instalments
from domain.finance.precision import exactly
from domain.finance.rates import effective_annual
from domain.finance.rounding import PESO
from domain.finance.schedules import Schedule, amortise
from domain.products.amounts import amount_range
from domain.products.lines import CreditLine, Products, RateBand
from domain.products.ranges import AmountRange, Situation
from domain.products.refusals import (
    AboveUsuryCap,
    AmountOutOfRange,
    PeriodNotOffered,
    SystemNotOffered,
    TermOutOfRange,
)
from domain.products.tables import UsuryCap
from domain.products.terms import check_fits


@dataclass(frozen=True, slots=True)
class CreditRequest:
    """What a member asks for: the line's id, pesos, months, how often and how it is paid back."""

    line: str
    amount: Decimal
    months: int
    period: Period = Period.MONTHLY
    system: System = System.LEVEL


@dataclass(frozen=True, slots=True)
class CreditQuote:
    """A credit of that line on that day.

    `band.validity.since` is the date of the rate; `cap.month` the month of the usury cap that it
    was held against, which must be said when it is not the month of `situation.day`.
    """

    line: CreditLine
    situation: Situation
    request: CreditRequest
    band: RateBand
    cap: UsuryCap
    schedule: Schedule

    @property
    def cap_is_current(self) -> bool:
        return self.cap.month == self.situation.day.replace(day=1)


@dataclass(frozen=True, slots=True)
class CreditQuotes:
    """Answers what a credit of a line would cost."""

    products: Products

    def amounts(self, line: str, situation: Situation) -> AmountRange:
        """What may be asked for, in pesos; UnknownLine, MissingFigure."""
        return amount_range(self.products.credit(line), self.products.tables, situation)

    def terms(self, line: str, period: Period) -> tuple[int, ...]:
        """The usual terms, in months, that are whole numbers of that period; UnknownLine."""
        credit = self.products.credit(line)
        return tuple(months for months in credit.terms.usual if credit.fits(months, period))

    def quote(self, request: CreditRequest, situation: Situation) -> CreditQuote:
        """The schedule and its rate; a Refusal says why there is none, with the line's limits."""
        line = self.products.credit(request.line)
        self._check(line, request, situation)
        band = line.band(request.months, request.amount, situation.day)
        cap = self._cap(line, band, situation)
        loan = _loan(line, band, request, situation)
        return CreditQuote(line, situation, request, band, cap, amortise(loan))

    def affordable(
        self, request: CreditRequest, payment: Decimal, situation: Situation
    ) -> CreditQuote | None:
        """The largest credit whose first payment is at most `payment` pesos, within the line's
        limits; None when even its smallest amount costs more. The request's amount is ignored.

        A Refusal as in `quote`; for the amount only when the line allows this person none at all.
        """
        line = self.products.credit(request.line)
        allowed = amount_range(line, self.products.tables, situation)
        least = replace(request, amount=allowed.minimum)
        self._check(line, least, situation)
        tops = (
            _top(band, _loan(line, band, least, situation), allowed, payment)
            for band in line.bands_in_force(request.months, situation.day)
        )
        most = max((top for top in tops if top is not None), default=None)
        return None if most is None else self.quote(replace(request, amount=most), situation)

    def _cap(self, line: CreditLine, band: RateBand, situation: Situation) -> UsuryCap:
        cap, rate = self.products.tables.newest_usury_cap(situation.day), line.rate(band)
        if effective_annual(rate) > cap.percent:
            raise AboveUsuryCap(effective_annual(rate), cap.percent, cap.month)
        return cap

    def _check(self, line: CreditLine, request: CreditRequest, situation: Situation) -> None:
        allowed = amount_range(line, self.products.tables, situation)
        if not allowed.holds(request.amount):
            raise AmountOutOfRange(request.amount, allowed)
        if request.period not in line.periods:
            raise PeriodNotOffered(request.period, line.periods)
        if request.system not in line.systems:
            raise SystemNotOffered(request.system, line.systems)
        if not line.terms.holds(request.months):
            raise TermOutOfRange(request.months, line.terms)
        check_fits(line, request.months, request.period)


def _loan(line: CreditLine, band: RateBand, request: CreditRequest, situation: Situation) -> Loan:
    return Loan(
        principal=request.amount,
        rate=line.rate(band),
        term=instalments(request.months, request.period),
        disbursed_on=situation.day,
        period=request.period,
        system=request.system,
        rounding=line.rounding,
        insurance=line.insurance,
    )


@exactly
def _top(band: RateBand, loan: Loan, allowed: AmountRange, payment: Decimal) -> Decimal | None:
    """The largest amount of that band which the payment and the line allow."""
    limits = (largest_principal(loan, payment), allowed.maximum, band.amounts.highest)
    top = min(limit for limit in limits if limit is not None) // PESO
    return top if band.amounts.holds(top) and allowed.holds(top) else None
