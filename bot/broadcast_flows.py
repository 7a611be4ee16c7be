"""The flows, notes, standing buttons and rounds of broadcasts, for the composition root."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any

from bot.repertoire import FlowBuilder, NoteWriter, PressBuilder
from domain.broadcasts.broadcast import BROADCAST_NOTE
from domain.clock import Clock
from domain.conversation import Visit
from domain.cooperative import Cooperative
from handlers.broadcasts.compose import ComposeFlow
from handlers.broadcasts.home import BroadcastsFlow
from handlers.broadcasts.notes import BroadcastNotes, BroadcastPress
from handlers.broadcasts.one import BroadcastFlow
from handlers.broadcasts.taps import Review, Steer, Try
from handlers.broadcasts.unsent import UnsentFlow
from handlers.kit.flow import Flow
from handlers.kit.screen import Screen
from handlers.kit.texts import filled
from storage.broadcasts.work import BroadcastWork
from storage.database import Database
from storage.secrets import Secrets
from storage.unit import Unit, unit_of_work


@dataclass(frozen=True, slots=True)
class BroadcastFlows:
    cooperative: Cooperative
    secrets: Secrets

    def builders(self) -> Mapping[str, FlowBuilder]:
        """Each flow's line."""
        of = self._of
        return {
            "staff_broadcasts": of(lambda w, v: BroadcastsFlow(v, w.reading, w.composing).flow()),
            "staff_compose": of(
                lambda w, v: ComposeFlow(v, w.composing, w.launching, w.reading).flow()
            ),
            "staff_broadcast": of(
                lambda w, v: BroadcastFlow(v, w.reading, w.deciding, w.steering).flow()
            ),
            "staff_unsent": of(lambda w, v: UnsentFlow(v, w.unsent).flow()),
        }

    def notes(self) -> Mapping[str, NoteWriter]:
        """Who writes each note."""
        return {BROADCAST_NOTE: self._told}

    def presses(self) -> Mapping[str, PressBuilder]:
        """Who answers each standing button."""
        return {
            Review.prefix: lambda u, v: self._press(u, v).review,
            Steer.prefix: lambda u, v: self._press(u, v).steer,
            Try.prefix: lambda u, v: self._press(u, v).tried,
        }

    def rounds(self, database: Database, clock: Clock) -> Callable[[], Awaitable[object]]:
        """What time and the sender do to broadcasts, a round at each call."""

        async def look() -> None:
            async with unit_of_work(database) as unit:
                await self.work(unit).rounds.look(clock.now())

        return look

    def work(self, unit: Unit) -> BroadcastWork:
        """The use cases in that unit of work."""
        return BroadcastWork(unit, self.secrets, self.cooperative, filled)

    async def _told(self, unit: Unit, visit: Visit, params: Mapping[str, Any]) -> Screen | None:
        return await BroadcastNotes(self.work(unit).reading, visit.now).told(params)

    def _press(self, unit: Unit, visit: Visit) -> BroadcastPress:
        work = self.work(unit)
        return BroadcastPress(visit, work.reading, work.steering)

    def _of(self, build: Callable[[BroadcastWork, Visit], Flow]) -> FlowBuilder:
        return lambda unit, visit: build(self.work(unit), visit)
