"""The queue of updates: kept, numbered, confirmed, forgotten."""

from __future__ import annotations

import asyncio
import itertools
import math
from dataclasses import dataclass, field

from bot.sandbox.clock import Clock
from bot.sandbox.errors import conflict
from bot.sandbox.json_types import Json
from bot.sandbox.limits import Limits
from bot.sandbox.pulse import Pulse

Lane = tuple[str, int]

NOT_BY_DEFAULT = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
OTHER_POLLER = (
    "terminated by other getUpdates request; make sure that only one bot instance is running"
)


@dataclass(eq=False)
class Entry:
    """An update on its way to the bot; `number` is its place in the queue."""

    number: int
    update: Json
    lane: Lane
    expires: float
    again: bool = False
    handed_out: bool = False
    outcome: str = "pending"
    done: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def update_id(self) -> int:
        """Telegram's number of the update."""
        return int(self.update["update_id"])

    def confirmed_by(self, offset: int) -> bool:
        """Whether asking from that offset on says that the bot has it."""
        return self.update_id < offset and (self.handed_out or not self.again)

    def finish(self, outcome: str) -> None:
        """It is over: confirmed, expired, dropped or filtered."""
        self.outcome = outcome
        self.done.set()


class Updates:
    """What the bot hasn't confirmed yet, oldest first."""

    def __init__(self, clock: Clock, limits: Limits, first_id: int = 700_000_001) -> None:
        self._clock = clock
        self._limits = limits
        self._ids = itertools.count(first_id)
        self._numbers = itertools.count(1)
        self._entries: dict[int, Entry] = {}
        self._next_expiry = math.inf
        self._poll = 0
        self._interruption = ""
        self.allowed: frozenset[str] = frozenset()
        self.changed = Pulse()

    def add(self, kind: str, payload: Json, lane: Lane) -> Entry:
        """Queue an update, unless the bot didn't ask for its kind."""
        if not self._wanted(kind):
            return self.skip(kind, payload, lane)
        entry = self._entry(kind, payload, lane)
        self._put(entry)
        return entry

    def skip(self, kind: str, payload: Json, lane: Lane) -> Entry:
        """An update that the bot never gets."""
        entry = self._entry(kind, payload, lane)
        entry.finish("filtered")
        return entry

    def add_again(self, update: Json) -> Entry:
        """Queue an update that was delivered before, beside the others."""
        number = next(self._numbers)
        forever = self._clock.now() + self._limits.update_seconds
        entry = Entry(number, update, ("again", number), forever, again=True)
        self._put(entry)
        return entry

    def waiting(self) -> list[Entry]:
        """What isn't confirmed, without what became too old."""
        self._expire()
        return list(self._entries.values())

    def after(self, number: int) -> list[Entry]:
        """What was queued after an entry, oldest first."""
        newest_first = reversed(self._entries.values())
        found = itertools.takewhile(lambda entry: entry.number > number, newest_first)
        return list(found)[::-1]

    def holds(self, entry: Entry) -> bool:
        """Whether it still waits."""
        self._expire()
        return entry.number in self._entries

    def confirm(self, entry: Entry) -> None:
        """The bot is done with it."""
        self._drop([entry], "confirmed")

    def drop_all(self) -> None:
        """Forget everything."""
        self._drop(self.waiting(), "dropped")

    def interrupt(self, reason: str) -> None:
        """End a long poll that is under way."""
        self._poll += 1
        self._interruption = reason
        self.changed.ring()

    async def poll(self, offset: int, limit: int, patience: float) -> list[Json]:
        """What getUpdates answers."""
        self.interrupt(OTHER_POLLER)
        mine = self._poll
        self._move_to(offset)
        end = asyncio.get_running_loop().time() + patience
        while not (batch := self.waiting()[:limit]):
            if not await self._changed_before(end):
                return []
            if self._poll != mine:
                raise conflict(self._interruption)
        for entry in batch:
            entry.handed_out = True
        return [entry.update for entry in batch]

    async def _changed_before(self, end: float) -> bool:
        try:
            async with asyncio.timeout_at(end):
                await self.changed.wait()
        except TimeoutError:
            return False
        return True

    def _move_to(self, offset: int) -> None:
        if offset > 0:
            self._drop([e for e in self.waiting() if e.confirmed_by(offset)], "confirmed")
        elif offset < 0:
            self._drop(self.waiting()[:offset], "dropped")

    def _wanted(self, kind: str) -> bool:
        return kind in self.allowed if self.allowed else kind not in NOT_BY_DEFAULT

    def _entry(self, kind: str, payload: Json, lane: Lane) -> Entry:
        is_tap = kind == "callback_query"
        kept = self._limits.callback_seconds if is_tap else self._limits.update_seconds
        update = {"update_id": next(self._ids), kind: payload}
        return Entry(next(self._numbers), update, lane, self._clock.now() + kept)

    def _put(self, entry: Entry) -> None:
        self._entries[entry.number] = entry
        self._next_expiry = min(self._next_expiry, entry.expires)
        self.changed.ring()

    def _expire(self) -> None:
        now = self._clock.now()
        if now < self._next_expiry:
            return
        self._drop([e for e in self._entries.values() if now >= e.expires], "expired")
        self._next_expiry = min((e.expires for e in self._entries.values()), default=math.inf)

    def _drop(self, entries: list[Entry], outcome: str) -> None:
        for entry in entries:
            if self._entries.pop(entry.number, None):
                entry.finish(outcome)
