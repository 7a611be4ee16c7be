"""A term savings certificate (CDAT): its interest, what is withheld, and when it is paid."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from enum import IntEnum

from domain.finance.loans import HIGHEST, UnusableTerms, bookable
from domain.finance.periods import PER_YEAR, Period, add_months, due_date
from domain.finance.precision import exactly
from domain.finance.rates import Rate, effective_annual, growth
from domain.finance.rounding import Rounding
from domain.finance.withholding import NOT_WITHHELD, Withholding
from domain.money import Percent

LONGEST_DAYS = 36_500
MONTH_DAYS = 30


class DayBase(IntEnum):
    """Days of a year: 360 counts months of 30 days, 365 days of the calendar."""

    COMMERCIAL = 360
    CALENDAR = 365


@dataclass(frozen=True, slots=True)
class Cdat:
    """The terms of a CDAT: amount in pesos, term in days.

    UnusableTerms when the amount is not positive or has centavos that the rounding cannot book, the
    rate is negative, the term is no whole number of settlement periods ("settlement"), or one of
    them is beyond any real CDAT.
    """

    amount: Decimal
    rate: Rate
    days: int
    opened_on: date
    day_base: DayBase = DayBase.COMMERCIAL
    settlement: Period = Period.AT_MATURITY
    rounding: Rounding = Rounding.NONE
    withholding: Withholding = NOT_WITHHELD

    def __post_init__(self) -> None:
        possible = {
            "amount": bookable(self.amount, self.rounding),
            "rate": 0 <= self.rate.percent <= HIGHEST,
            "days": 1 <= self.days <= LONGEST_DAYS,
            "withholding": 0 <= self.withholding.percent <= 100,
        }
        for name, fits in possible.items():
            if not fits:
                raise UnusableTerms(name)
        if not settles_evenly(self.days, self.settlement, self.day_base):
            raise UnusableTerms("settlement")


@dataclass(frozen=True, slots=True)
class CdatPayment:
    """One payment of interest, in pesos: net = gross - withholding."""

    number: int
    due_on: date
    gross: Decimal
    withholding: Decimal
    net: Decimal


@dataclass(frozen=True, slots=True)
class CdatYield:
    """A CDAT worked out; `total` is the amount and all net interest, in pesos."""

    cdat: Cdat
    periodic_rate: Percent
    effective_annual: Percent
    gross: Decimal
    withholding: Decimal
    net: Decimal
    total: Decimal
    matures_on: date
    payments: tuple[CdatPayment, ...]


@exactly
def work_out(cdat: Cdat) -> CdatYield:
    """What a CDAT pays, and when.

    Interest of a payment: P·((1 + E.A.)^(days/base) - 1); the principal does not grow.
    """
    fraction = growth(cdat.rate, _years(cdat)) - 1
    payments = tuple(_payments(cdat, cdat.rounding.money(cdat.amount * fraction)))
    net = sum((p.net for p in payments), Decimal(0))
    return CdatYield(
        cdat=cdat,
        periodic_rate=Percent(fraction * 100),
        effective_annual=effective_annual(cdat.rate),
        gross=sum((p.gross for p in payments), Decimal(0)),
        withholding=sum((p.withholding for p in payments), Decimal(0)),
        net=net,
        total=cdat.amount + net,
        matures_on=payments[-1].due_on,
        payments=payments,
    )


def compare_settlements(cdat: Cdat, periods: Iterable[Period]) -> tuple[CdatYield, ...]:
    """The same money under each settlement period that divides its term, in that order."""
    fitting = (p for p in periods if settles_evenly(cdat.days, p, cdat.day_base))
    return tuple(work_out(replace(cdat, settlement=period)) for period in fitting)


def settles_evenly(days: int, settlement: Period, base: DayBase) -> bool:
    """Whether the term is a whole number of settlement periods: of 30-day months, or of parts of
    the base's year."""
    return settlement is Period.AT_MATURITY or _count(days, settlement, base) is not None


def _count(days: int, settlement: Period, base: DayBase) -> int | None:
    for year in (DayBase.COMMERCIAL, base):
        count, rest = divmod(days * PER_YEAR[settlement], year)
        if count and not rest:
            return count
    return None


def _years(cdat: Cdat) -> Decimal:
    """One payment's share of a year, as the day base counts it."""
    if cdat.settlement is Period.AT_MATURITY:
        return Decimal(cdat.days) / cdat.day_base
    return Decimal(cdat.days) / (_payment_count(cdat) * cdat.day_base)


def _payment_count(cdat: Cdat) -> int:
    if cdat.settlement is Period.AT_MATURITY:
        return 1
    return _count(cdat.days, cdat.settlement, cdat.day_base) or 1


def _payments(cdat: Cdat, gross: Decimal) -> Iterator[CdatPayment]:
    count = _payment_count(cdat)
    withheld = cdat.withholding.of(gross, cdat.days // count, cdat.rounding)
    for number in range(1, count + 1):
        yield CdatPayment(number, _due_on(cdat, number, count), gross, withheld, gross - withheld)


def _due_on(cdat: Cdat, number: int, count: int) -> date:
    by_month = cdat.day_base is DayBase.COMMERCIAL or cdat.days % DayBase.CALENDAR == 0
    if by_month and cdat.settlement is not Period.AT_MATURITY:
        return due_date(cdat.opened_on, cdat.settlement, number)
    return term_end(cdat.opened_on, cdat.days * number // count, cdat.day_base)


def term_end(start: date, days: int, base: DayBase) -> date:
    """The day on which a term ends: months of 30 days on base 360, calendar days on base 365."""
    if base is DayBase.CALENDAR:
        return start + timedelta(days)
    months, rest = divmod(days, MONTH_DAYS)
    return add_months(start, months) + timedelta(rest)
