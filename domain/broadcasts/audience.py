"""How many members a broadcast reaches, and by which way."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from domain.notifications.categories import Category
from domain.notifications.segments import Segment


@dataclass(frozen=True, slots=True)
class Reach:
    """Members of a segment, as they are now. `refused`: do not want that category.

    `unreachable`: have neither a chat nor an address that it may go to.
    """

    chat: int = 0
    mail: int = 0
    refused: int = 0
    unreachable: int = 0

    @property
    def total(self) -> int:
        return self.chat + self.mail + self.refused + self.unreachable

    @property
    def reached(self) -> int:
        return self.chat + self.mail


class Audience(Protocol):
    async def count(self, segment: Segment, now: datetime) -> int:
        """How many members are in it now."""

    async def reach(self, segment: Segment, category: Category, now: datetime) -> Reach:
        """The same, by the way that a notification of that category would take."""

    async def municipalities(self) -> Sequence[str]:
        """Where members live, as the core system writes it."""
