"""A broadcast from the moment it is asked for: who decided what, and how far it is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol

from domain.notifications.messages import Message
from domain.notifications.segments import Segment

A_PAGE = 5
REQUEST_LIFE = timedelta(days=3)
BROADCAST_NOTE = "broadcast"
LONGEST_TITLE = 40


class Stage(StrEnum):
    """WAITING: for a second person. LAPSED: nobody confirmed it in time."""

    WAITING = "waiting"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"
    RUNNING = "running"
    PAUSED = "paused"
    CANCELLED = "cancelled"
    DONE = "done"


UNDER_WAY = (Stage.RUNNING, Stage.PAUSED)
STARTED = (*UNDER_WAY, Stage.CANCELLED, Stage.DONE)


class NoBroadcast(LookupError):
    """There is no broadcast of that number."""


class OwnBroadcast(Exception):
    """Whoever composed it does not confirm it, from whatever Telegram account."""


@dataclass(frozen=True, slots=True)
class NewBroadcast:
    """`alone`: so many members may be written to without a second person."""

    author_id: int
    account: int
    message: Message
    segment: Segment
    title: str
    audience: int
    alone: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Broadcast:
    """`audience`: members when it was asked for. `decider`: who confirmed, or who ended it."""

    id: int
    title: str
    author_id: int
    author: str
    account: int
    asked_at: datetime
    message: Message
    segment: Segment
    audience: int
    stage: Stage
    decider: str | None = None
    decided_at: datetime | None = None
    batch_id: int | None = None
    ended_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a broadcast is, in members. `chat` and `mail`: sent that way.

    `doubtful`: sent, and nobody knows whether it arrived. `skipped`: did not want it, or it
    expired. `lately`: settled since `lately_from`. `next_at`: when the next may be sent, when none
    may now.
    """

    total: int
    chat: int = 0
    mail: int = 0
    doubtful: int = 0
    failed: int = 0
    skipped: int = 0
    cancelled: int = 0
    lately: int = 0
    lately_from: datetime | None = None
    next_at: datetime | None = None

    @property
    def sent(self) -> int:
        return self.chat + self.mail

    @property
    def settled(self) -> int:
        return self.sent + self.doubtful + self.failed + self.skipped + self.cancelled

    @property
    def waiting(self) -> int:
        return max(self.total - self.settled, 0)

    @property
    def percent(self) -> int:
        """How much was dealt with, in whole percent; what was cancelled was not."""
        done = self.settled - self.cancelled
        return min(100 * done // self.total, 100) if self.total else 100

    def left(self, now: datetime) -> timedelta | None:
        """How long it still takes at the pace of the last minute; None when that is unknown."""
        if self.lately_from is None or self.lately < 2 or now <= self.lately_from:
            return None
        return self.waiting * (now - self.lately_from) / self.lately


class Broadcasts(Protocol):
    async def ask(self, new: NewBroadcast) -> int:
        """Keep it; its number."""

    async def one(self, broadcast_id: int) -> Broadcast | None: ...

    async def page(self, skip: int, limit: int) -> Sequence[Broadcast]:
        """The newest first."""

    async def confirm(self, broadcast_id: int, by: int, account: int, at: datetime) -> bool:
        """Note the second person; False when it was decided, or is too old."""

    async def close(self, broadcast_id: int, stage: Stage, by: int, at: datetime) -> bool:
        """End it before it was sent; False when it was decided meanwhile."""

    async def start(self, broadcast_id: int, at: datetime) -> None:
        """Hand it to the sender."""

    async def pause(self, broadcast_id: int) -> bool:
        """Nothing more of it is begun; False when it is not running."""

    async def resume(self, broadcast_id: int) -> bool:
        """Go on where it was; False when it is not paused."""

    async def cancel(self, broadcast_id: int, at: datetime) -> bool:
        """What was not begun is not sent any more; False when it is over."""

    async def progress(self, broadcast: Broadcast, now: datetime) -> Progress:
        """How far one that was started is."""


def subject_of(broadcast_id: int) -> str:
    """The subject of all notes about a broadcast."""
    return f"broadcast:{broadcast_id}"


async def existing(broadcasts: Broadcasts, broadcast_id: int) -> Broadcast:
    """The broadcast of that number; NoBroadcast."""
    found = await broadcasts.one(broadcast_id)
    if found is None:
        raise NoBroadcast
    return found
