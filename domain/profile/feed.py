"""Approved values that the core system takes: a stable order, a cursor, an acknowledgement."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

MOST_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Update:
    """`position` is the cursor. `value` as the form keeps it (docs/profile.md); None: emptied."""

    position: int
    member_number: str
    request_number: str
    field: str
    value: str | None
    approved_at: datetime


@dataclass(frozen=True, slots=True)
class Batch:
    """`since` for the next one; `more`: whether another is waiting already."""

    updates: tuple[Update, ...]
    since: int
    more: bool


class BadCursor(ValueError):
    """Nothing was ever handed out up to there."""


class Feed(Protocol):
    async def after(self, position: int, most: int) -> Sequence[Update]:
        """Updates behind that position, in order."""

    async def taken(self) -> int:
        """The last position that was taken; 0 before the first."""

    async def last(self) -> int:
        """The newest position; 0 before the first."""

    async def take(self, position: int, at: datetime) -> int:
        """Mark all up to that position as taken; how many were not yet."""


@dataclass(frozen=True, slots=True)
class TakeUpdates:
    """Reading takes nothing: what is not acknowledged is handed out again."""

    feed: Feed

    async def read(self, since: int | None = None, most: int = MOST_AT_ONCE) -> Batch:
        """The updates behind `since`, or behind what was acknowledged last."""
        start = await self.feed.taken() if since is None else since
        found = tuple(await self.feed.after(start, most + 1))
        shown = found[:most]
        return Batch(shown, shown[-1].position if shown else start, len(found) > most)

    async def acknowledge(self, position: int, at: datetime) -> int:
        """All up to that position arrived; how many were not yet known to. BadCursor beyond."""
        if not 0 <= position <= await self.feed.last():
            raise BadCursor(position)
        return await self.feed.take(position, at)
