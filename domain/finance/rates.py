"""Rates and their equivalents: i_m = (1 + E.A.)^(1/m) - 1, in arrears."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from domain.finance.periods import PER_YEAR, Period
from domain.finance.precision import exactly
from domain.money import Percent

_NOMINAL = "nominal_"


class RateKind(StrEnum):
    """How a rate is quoted: effective a year, per period in arrears, or nominal (a year's sum of
    the period's rate)."""

    EFFECTIVE_ANNUAL = "effective_annual"
    FORTNIGHTLY = "fortnightly"
    MONTHLY = "monthly"
    BIMONTHLY = "bimonthly"
    QUARTERLY = "quarterly"
    SEMIANNUAL = "semiannual"
    ANNUAL = "annual"
    NOMINAL_FORTNIGHTLY = "nominal_fortnightly"
    NOMINAL_MONTHLY = "nominal_monthly"
    NOMINAL_BIMONTHLY = "nominal_bimonthly"
    NOMINAL_QUARTERLY = "nominal_quarterly"
    NOMINAL_SEMIANNUAL = "nominal_semiannual"
    NOMINAL_ANNUAL = "nominal_annual"

    @property
    def is_nominal(self) -> bool:
        return self.startswith(_NOMINAL)

    @property
    def period(self) -> Period:
        """The period that the rate compounds in."""
        if self is RateKind.EFFECTIVE_ANNUAL:
            return Period.ANNUAL
        return Period(self.removeprefix(_NOMINAL))


@dataclass(frozen=True, slots=True)
class Rate:
    """A rate in percent and the way it is quoted (E.A., M.V., N.M.V., …)."""

    percent: Percent
    kind: RateKind


@exactly
def own_fraction(rate: Rate) -> Decimal:
    """The rate of its own compounding period, as a fraction (0.011 = 1,1 %)."""
    fraction = rate.percent / 100
    return fraction / PER_YEAR[rate.kind.period] if rate.kind.is_nominal else fraction


@exactly
def growth(rate: Rate, years: Decimal) -> Decimal:
    """What one peso becomes at that rate in so many years."""
    return (1 + own_fraction(rate)) ** (PER_YEAR[rate.kind.period] * years)


@exactly
def periodic_fraction(rate: Rate, period: Period) -> Decimal:
    """The equivalent rate of a period in arrears, as a fraction; without a detour (and so without
    a rounding) when the rate is quoted for that very period."""
    if rate.kind.period is period:
        return own_fraction(rate)
    return (1 + own_fraction(rate)) ** (Decimal(PER_YEAR[rate.kind.period]) / PER_YEAR[period]) - 1


@exactly
def effective_annual(rate: Rate) -> Percent:
    """The equivalent effective annual rate, in percent."""
    return Percent(periodic_fraction(rate, Period.ANNUAL) * 100)


@exactly
def nominal(rate: Rate, period: Period) -> Percent:
    """The equivalent nominal annual rate that compounds in that period, in percent."""
    return Percent(periodic_fraction(rate, period) * PER_YEAR[period] * 100)


@exactly
def nominal_in_advance(rate: Rate, period: Period) -> Percent:
    """The equivalent nominal annual rate paid in advance, i/(1+i) a period, in percent."""
    fraction = periodic_fraction(rate, period)
    return Percent(fraction / (1 + fraction) * PER_YEAR[period] * 100)
