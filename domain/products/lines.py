"""The lines of credit and CDAT, as the cooperative file describes them."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from domain.finance.capacity import Payroll
from domain.finance.cdats import DayBase, settles_evenly
from domain.finance.loans import Insurance, System
from domain.finance.periods import Period, instalments
from domain.finance.rates import Rate, RateKind
from domain.finance.rounding import Rounding
from domain.money import Percent
from domain.products.ranges import Limit, TermRange, Validity
from domain.products.refusals import NoRate, UnknownLine
from domain.products.tables import Tables


@dataclass(frozen=True, slots=True)
class Span:
    """From a value to another one, both included; None is open."""

    lowest: Decimal | None = None
    highest: Decimal | None = None

    def holds(self, value: Decimal | int) -> bool:
        above = self.lowest is None or self.lowest <= value
        return above and (self.highest is None or value <= self.highest)

    def meets(self, other: "Span") -> bool:
        """Whether both hold some value."""
        return not (_before(self.highest, other.lowest) or _before(other.highest, self.lowest))


@dataclass(frozen=True, slots=True)
class RateBand:
    """A rate in percent for some terms (months or days) and amounts (pesos) while it is valid."""

    percent: Percent
    validity: Validity
    terms: Span = field(default_factory=Span)
    amounts: Span = field(default_factory=Span)

    def covers(self, term: int, amount: Decimal, day: date) -> bool:
        return self.validity.covers(day) and self.terms.holds(term) and self.amounts.holds(amount)

    def meets(self, other: "RateBand") -> bool:
        """Whether both hold for some term, amount and day."""
        alike = self.terms.meets(other.terms) and self.amounts.meets(other.amounts)
        return alike and self.validity.meets(other.validity)


@dataclass(frozen=True, slots=True)
class _Line:
    """What lines of credit and of CDAT have in common; the unit of terms is their own."""

    id: str
    name: str
    about: str
    minimum: tuple[Limit, ...]
    maximum: tuple[Limit, ...]
    terms: TermRange
    rate_kind: RateKind
    bands: tuple[RateBand, ...]
    rounding: Rounding
    requirements: str

    @property
    def limits(self) -> tuple[Limit, ...]:
        """Every limit of amount, lower and upper."""
        return (*self.minimum, *self.maximum)

    def bands_in_force(self, term: int, day: date) -> tuple[RateBand, ...]:
        """The bands of that term and day, whatever the amount."""
        return tuple(b for b in self.bands if b.terms.holds(term) and b.validity.covers(day))

    def band(self, term: int, amount: Decimal, day: date) -> RateBand:
        """The band in force for that term, amount and day; NoRate when there is none."""
        for band in self.bands_in_force(term, day):
            if band.amounts.holds(amount):
                return band
        raise NoRate(term, amount, day)

    def rate(self, band: RateBand) -> Rate:
        return Rate(band.percent, self.rate_kind)


@dataclass(frozen=True, slots=True)
class CreditLine(_Line):
    """A line of credit; terms in months. `payroll`: paid by deduction from the salary."""

    periods: tuple[Period, ...]
    systems: tuple[System, ...]
    insurance: Insurance
    payroll: bool

    @property
    def offered(self) -> tuple[Period, ...]:
        """The payment periods of the line."""
        return self.periods

    def fits(self, months: int, period: Period) -> bool:
        """Whether a term is a whole number of payment periods."""
        return instalments(months, period) > 0


@dataclass(frozen=True, slots=True)
class CdatLine(_Line):
    """A line of CDAT; terms in days."""

    settlements: tuple[Period, ...]
    day_base: DayBase

    @property
    def offered(self) -> tuple[Period, ...]:
        """The settlement periods of the line."""
        return self.settlements

    def fits(self, days: int, period: Period) -> bool:
        """Whether a term is a whole number of settlement periods."""
        return settles_evenly(days, period, self.day_base)


Line = CreditLine | CdatLine


@dataclass(frozen=True, slots=True)
class Products:
    """Everything that can be simulated, in the order of the cooperative file."""

    credits: tuple[CreditLine, ...] = ()
    cdats: tuple[CdatLine, ...] = ()
    tables: Tables = field(default_factory=Tables)
    payroll: Payroll = field(default_factory=lambda: Payroll(Percent(8), Percent(50)))

    def credit(self, line: str) -> CreditLine:
        """The line of credit of that id; UnknownLine."""
        for credit in self.credits:
            if credit.id == line:
                return credit
        raise UnknownLine(line)

    def cdat(self, line: str) -> CdatLine:
        """The line of CDAT of that id; UnknownLine."""
        for cdat in self.cdats:
            if cdat.id == line:
                return cdat
        raise UnknownLine(line)


def _before(end: Decimal | None, start: Decimal | None) -> bool:
    return end is not None and start is not None and end < start
