"""How verification went, week by week."""

from dataclasses import dataclass
from datetime import date

WEEKS = 6


@dataclass(frozen=True, slots=True)
class Week:
    """Monday to Sunday in Colombia from `since`; counts are of sections.

    `median_hours` from filing to decision, of what was decided in the week; None without any.
    """

    since: date
    received: int
    decided: int
    median_hours: float | None
