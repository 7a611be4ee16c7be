"""When a notification may be sent: by its category, the hours, and the day's one contact."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from domain.clock import local_date
from domain.notifications.categories import CONDUCT, Category
from domain.notifications.hours import DayPart, Hours


@dataclass(frozen=True, slots=True)
class Timetable:
    hours: Hours

    def earliest(
        self,
        category: Category,
        wanted: datetime,
        part: DayPart = DayPart.ANY,
        taken: Collection[date] = (),
    ) -> datetime:
        """The first instant from `wanted` on (UTC).

        `taken`: days of the member on which there was or will be a contact already.
        """
        conduct = CONDUCT[category]
        if not conduct.window:
            return wanted
        openings = self.hours.openings(wanted, part)
        if not conduct.contact:
            return next(openings)
        return next(at for at in openings if local_date(at) not in taken)

    def is_open(self, category: Category, at: datetime) -> bool:
        """Whether it may be sent at that very instant, whatever hours the member prefers."""
        return not CONDUCT[category].window or self.hours.next(at) == at


def week_of(day: date) -> date:
    """The Monday of the day's week: one channel serves from there to Sunday."""
    return day - timedelta(days=day.weekday())
