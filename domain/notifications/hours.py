"""The hours of Ley 2300 of 2023, art. 3: Mon-Fri 7-19, Sat 8-15, no Sundays or holidays."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from functools import cache

from domain.clock import BOGOTA

_NOON = time(12)
_SATURDAY, _SUNDAY = 5, 6
_WEEKDAY_HOURS = (time(7), time(19))
_SATURDAY_HOURS = (time(8), time(15))
_SEARCHED = 366


class DayPart(StrEnum):
    """The hours that a member prefers, within those of the law."""

    ANY = "any"
    MORNING = "morning"
    AFTERNOON = "afternoon"


class NoOpening(ValueError):
    """The cooperative has closed every day for a year."""


@dataclass(frozen=True, slots=True)
class Hours:
    """`closed`: days on which the cooperative does not write either."""

    closed: frozenset[date] = frozenset()

    def opening(self, day: date, part: DayPart = DayPart.ANY) -> tuple[datetime, datetime] | None:
        """From when until when (UTC) one may write on that day; None when never."""
        if day.weekday() == _SUNDAY or day in self.closed or day in _holidays(day.year):
            return None
        start, end = _SATURDAY_HOURS if day.weekday() == _SATURDAY else _WEEKDAY_HOURS
        if part is DayPart.MORNING:
            end = _NOON
        elif part is DayPart.AFTERNOON:
            start = _NOON
        return _instant(day, start), _instant(day, end)

    def next(self, wanted: datetime, part: DayPart = DayPart.ANY) -> datetime:
        """`wanted` (UTC) itself when one may write then, else the next opening."""
        return next(self.openings(wanted, part))

    def openings(self, wanted: datetime, part: DayPart = DayPart.ANY) -> Iterator[datetime]:
        """The first allowed instant from `wanted` on, then that of each later day; NoOpening."""
        first = wanted.astimezone(BOGOTA).date()
        for day in (first + timedelta(days=n) for n in range(_SEARCHED)):
            hours = self.opening(day, part)
            if hours is not None and wanted < hours[1]:
                yield max(wanted, hours[0])
        raise NoOpening(f"no opening within {_SEARCHED} days of {first}")


def _instant(day: date, hour: time) -> datetime:
    return datetime.combine(day, hour, BOGOTA).astimezone(UTC)


@cache
def _holidays(year: int) -> frozenset[date]:
    # Late: the library takes longer to load than the start may wait for.
    import holidays

    return frozenset(holidays.country_holidays("CO", years=year))
