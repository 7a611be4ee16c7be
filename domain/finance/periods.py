"""Periods of a year and the days on which they end."""

from calendar import monthrange
from collections.abc import Mapping
from datetime import date, timedelta
from enum import StrEnum

HALF_MONTH = timedelta(days=15)
MONTHS = 12


class Period(StrEnum):
    """How often an instalment is due or a CDAT pays its interest."""

    FORTNIGHTLY = "fortnightly"
    MONTHLY = "monthly"
    BIMONTHLY = "bimonthly"
    QUARTERLY = "quarterly"
    SEMIANNUAL = "semiannual"
    ANNUAL = "annual"
    AT_MATURITY = "at_maturity"


PER_YEAR: Mapping[Period, int] = {
    Period.FORTNIGHTLY: 24,
    Period.MONTHLY: 12,
    Period.BIMONTHLY: 6,
    Period.QUARTERLY: 4,
    Period.SEMIANNUAL: 2,
    Period.ANNUAL: 1,
}
"""Payments a year: a fortnight is half a month, so 24 and not 26. AT_MATURITY has none."""


def add_months(day: date, months: int) -> date:
    """The same day that many months later, or the month's last one where it has no such day."""
    year, month = divmod(day.year * MONTHS + day.month - 1 + months, MONTHS)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def instalments(months: int, period: Period) -> int:
    """How many instalments a term of months has; 0 when it is no whole number of them."""
    count, rest = divmod(months * PER_YEAR[period], MONTHS)
    return 0 if rest else count


def due_date(start: date, period: Period, number: int) -> date:
    """When instalment `number` (from 1) of a credit disbursed on `start` is due.

    An odd fortnight ends 15 days after the month that precedes it.
    """
    half_months = number * 24 // PER_YEAR[period]
    day = add_months(start, half_months // 2)
    return day + HALF_MONTH if half_months % 2 else day
