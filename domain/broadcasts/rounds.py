"""What time does to broadcasts: requests lapse, and the notes in the chats follow the sending."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from domain.broadcasts.broadcast import REQUEST_LIFE, UNDER_WAY, subject_of
from domain.broadcasts.reading import ReadBroadcasts, Shown
from domain.notes import Notes

# A chat takes one message a second (core.telegram.org/bots/faq): this leaves room for the talk.
PACE = timedelta(seconds=4)


class UnderWay(Protocol):
    async def lapse(self, before: datetime, at: datetime) -> Sequence[int]:
        """End those that were asked for before that instant and that nobody confirmed."""

    async def untold(self) -> Sequence[int]:
        """Those that are being sent, or whose end the notes do not say yet."""

    async def is_crowded(self, subject: str) -> bool:
        """Whether an earlier rewriting of the subject's notes is still to be done."""

    async def take(self, broadcast_id: int, told: str, over: bool, at: datetime) -> bool:
        """Have the notes say that from now on; False when they do, or did so just before."""


@dataclass(frozen=True, slots=True)
class BroadcastRounds:
    """Taking is one conditional statement, so that of several replicas one tells."""

    under_way: UnderWay
    reading: ReadBroadcasts
    notes: Notes

    async def look(self, now: datetime) -> int:
        """One round; how many broadcasts were told of."""
        told = list(await self.under_way.lapse(now - REQUEST_LIFE, now))
        for broadcast_id in await self.under_way.untold():
            if await self._news(broadcast_id, now):
                told.append(broadcast_id)
        for broadcast_id in told:
            await self.notes.refresh(subject_of(broadcast_id), now)
        return len(told)

    async def _news(self, broadcast_id: int, now: datetime) -> bool:
        shown = await self.reading.told(broadcast_id, now)
        if shown is None or await self.under_way.is_crowded(subject_of(broadcast_id)):
            return False
        return await self.under_way.take(broadcast_id, _told(shown), _is_over(shown), now)


def _is_over(shown: Shown) -> bool:
    """Nothing of it is in hand any more."""
    progress = shown.progress
    return shown.broadcast.stage not in UNDER_WAY and not (progress and progress.waiting)


def _told(shown: Shown) -> str:
    """The same for what reads the same."""
    progress = shown.progress
    if progress is None:
        return shown.broadcast.stage.value
    counts = (
        progress.total,
        progress.chat,
        progress.mail,
        progress.doubtful,
        progress.failed,
        progress.skipped,
        progress.cancelled,
    )
    return f"{shown.broadcast.stage} {counts} {progress.next_at}"
