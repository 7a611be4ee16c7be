"""The queue of updates: kept, numbered, confirmed, forgotten."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Callable
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
    """An update on its way to the bot."""

    update: Json
    lane: Lane
    expires: float
    again: bool = False
    handed_out: bool = False
    taken: bool = False
    outcome: str = "pending"
    done: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def update_id(self) -> int:
        """Telegram's number of the update."""
        return int(self.update["update_id"])

    def finish(self, outcome: str) -> None:
        """It is over: confirmed, expired, dropped or filtered."""
        self.outcome = outcome
        self.done.set()


class Updates:
    """What the bot hasn't confirmed yet, oldest first."""

    def __init__(self, clock: Clock, limits: Limits, first_id: int = 700_000_001) -> None:
        self._clock = clock
        self._limits = limits
        self._next_id = first_id
        self._entries: list[Entry] = []
        self._repeats = itertools.count()
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
        forever = self._clock.now() + self._limits.update_seconds
        entry = Entry(update, ("again", next(self._repeats)), forever, again=True)
        self._put(entry)
        return entry

    def waiting(self) -> list[Entry]:
        """What isn't confirmed, without what became too old."""
        now = self._clock.now()
        self._drop(lambda entry: now >= entry.expires, "expired")
        return list(self._entries)

    def confirm(self, entry: Entry) -> None:
        """The bot is done with it."""
        self._drop(lambda other: other is entry, "confirmed")

    def drop_all(self) -> None:
        """Forget everything."""
        self._drop(lambda _: True, "dropped")

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
            self._drop(lambda entry: self._confirmed(entry, offset), "confirmed")
        elif offset < 0:
            kept = self._entries[offset:]
            self._drop(lambda entry: entry not in kept, "dropped")

    @staticmethod
    def _confirmed(entry: Entry, offset: int) -> bool:
        return entry.update_id < offset and (entry.handed_out or not entry.again)

    def _wanted(self, kind: str) -> bool:
        return kind in self.allowed if self.allowed else kind not in NOT_BY_DEFAULT

    def _lifetime(self, kind: str) -> float:
        is_tap = kind == "callback_query"
        return self._limits.callback_seconds if is_tap else self._limits.update_seconds

    def _entry(self, kind: str, payload: Json, lane: Lane) -> Entry:
        update = {"update_id": self._next_id, kind: payload}
        self._next_id += 1
        return Entry(update, lane, self._clock.now() + self._lifetime(kind))

    def _put(self, entry: Entry) -> None:
        self._entries.append(entry)
        self.changed.ring()

    def _drop(self, doomed: Callable[[Entry], bool], outcome: str) -> None:
        going = [entry for entry in self._entries if doomed(entry)]
        if going:
            gone = set(going)
            self._entries = [entry for entry in self._entries if entry not in gone]
        for entry in going:
            entry.finish(outcome)
