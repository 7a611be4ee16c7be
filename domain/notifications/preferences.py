"""What a member chose: what to be told, at which hours, with or without a sound."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, time
from typing import Protocol

from domain.clock import BOGOTA
from domain.notifications.categories import CONDUCT, Category, Choice
from domain.notifications.hours import DayPart

NIGHT_BEGINS, NIGHT_ENDS = time(21), time(6)


@dataclass(frozen=True, slots=True)
class Preferences:
    """`choices` holds only what the member decided; the rest is as CONDUCT says."""

    choices: Mapping[Category, bool] = field(default_factory=dict)
    hours: DayPart = DayPart.ANY
    sound: bool = True

    def wants(self, category: Category) -> bool:
        """Whether to tell the member of it; what law and contract demand, always."""
        choice = CONDUCT[category].choice
        if choice is Choice.ALWAYS:
            return True
        return self.choices.get(category, choice is Choice.UNLESS_REFUSED)

    def choosing(self, category: Category, wanted: bool) -> "Preferences":
        """The same with that choice; ValueError when there is none to make."""
        if CONDUCT[category].choice is Choice.ALWAYS:
            raise ValueError(f"{category} cannot be refused")
        return replace(self, choices={**self.choices, category: wanted})

    def is_silent(self, category: Category, at: datetime) -> bool:
        """Whether it comes without a sound: as chosen, and at night; never a code or an alert."""
        if category in (Category.CODE, Category.SECURITY):
            return False
        hour = at.astimezone(BOGOTA).time()
        return not self.sound or hour >= NIGHT_BEGINS or hour < NIGHT_ENDS


UNDECIDED = Preferences()


class PreferenceStore(Protocol):
    async def of(self, member_id: int) -> Preferences: ...

    async def keep(self, member_id: int, chosen: Preferences, at: datetime) -> None: ...
