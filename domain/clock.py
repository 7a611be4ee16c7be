"""Time as the cooperative lives it: kept in UTC, read in Bogotá."""

from datetime import UTC, date, datetime, time
from typing import Protocol
from zoneinfo import ZoneInfo

BOGOTA = ZoneInfo("America/Bogota")


class Clock(Protocol):
    def now(self) -> datetime:
        """The present instant, aware, in UTC."""


class SystemClock:
    def now(self) -> datetime:
        """The machine's present instant, in UTC."""
        return datetime.now(UTC)


def local_date(instant: datetime) -> date:
    """The calendar day of an instant in Colombia."""
    return instant.astimezone(BOGOTA).date()


def start_of(day: date) -> datetime:
    """The instant (UTC) at which the day begins in Colombia."""
    return datetime.combine(day, time(), BOGOTA).astimezone(UTC)
