"""Looking at broadcasts: the list, one with its progress, and what became of each member."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from domain.broadcasts.broadcast import A_PAGE, STARTED, Broadcast, Broadcasts, Progress, existing
from domain.conversation import Visit
from domain.staff.duties import Duty, employee_for


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of a member's copy. `at`: when, None while it waits."""

    number: str
    state: str
    reason: str | None
    channel: str | None
    at: datetime | None


@dataclass(frozen=True, slots=True)
class Sample:
    """A file of a broadcast, to be shown to employees as members get it."""

    name: str
    is_picture: bool
    content: bytes


class Results(Protocol):
    async def fates(self, batch_id: int) -> Sequence[Fate]:
        """Of every member of a broadcast, by their numbers."""

    async def sample(self, file_id: int | None) -> Sample | None:
        """The file of that number, if any."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A broadcast; `progress` once it was started."""

    broadcast: Broadcast
    progress: Progress | None


@dataclass(frozen=True, slots=True)
class Listed:
    """A page of the list, from 0."""

    shown: tuple[Shown, ...]
    page: int
    more: bool


@dataclass(frozen=True, slots=True)
class ReadBroadcasts:
    broadcasts: Broadcasts
    results: Results

    async def page(self, visit: Visit, page: int) -> Listed:
        """The newest first; NotAllowed."""
        employee_for(Duty.BROADCASTS, visit)
        found = await self.broadcasts.page(page * A_PAGE, A_PAGE + 1)
        shown = [await self._shown(each, visit.now) for each in found[:A_PAGE]]
        return Listed(tuple(shown), page, len(found) > A_PAGE)

    async def one(self, visit: Visit, broadcast_id: int) -> Shown:
        """The broadcast as it stands; NoBroadcast, NotAllowed."""
        employee_for(Duty.BROADCASTS, visit)
        return await self._shown(await existing(self.broadcasts, broadcast_id), visit.now)

    async def fates(self, visit: Visit, broadcast_id: int) -> Sequence[Fate]:
        """Of every member; NoBroadcast, NotAllowed."""
        employee_for(Duty.BROADCASTS, visit)
        found = await existing(self.broadcasts, broadcast_id)
        return await self.results.fates(found.batch_id) if found.batch_id is not None else ()

    async def sample(self, visit: Visit, file_id: int | None) -> Sample | None:
        """A file that goes with one; NotAllowed."""
        employee_for(Duty.BROADCASTS, visit)
        return await self.results.sample(file_id)

    async def told(self, broadcast_id: int, now: datetime) -> Shown | None:
        """The same for the office's own notes; None when there is no such broadcast."""
        found = await self.broadcasts.one(broadcast_id)
        return await self._shown(found, now) if found else None

    async def _shown(self, found: Broadcast, now: datetime) -> Shown:
        started = found.stage in STARTED
        return Shown(found, await self.broadcasts.progress(found, now) if started else None)
