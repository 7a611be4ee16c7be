"""Planning what the office tells by itself: found in the data, written into the ledger once."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.clock import Clock, local_date
from domain.notifications.acceptance import Accept, Draft
from domain.notifications.api_keys import OWN
from domain.notifications.messages import Message
from domain.notifications.occasions import Event, events_of
from domain.notifications.schedule import Timetable
from domain.notifications.sending import Channel, way_to
from domain.notifications.settings import Occasions
from storage.database import Database
from storage.notifications.content import Envelopes
from storage.notifications.facts import FactRepository
from storage.notifications.ledger import LedgerRepository
from storage.notifications.recipients import RecipientRepository
from storage.notifications.sending import MemberStateRepository
from storage.schema import notification

AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class Page:
    """New events of some members; `after`: where the next page begins, None at the end."""

    events: Sequence[Event]
    after: int | None


@dataclass(frozen=True, slots=True)
class Planned:
    """An event, when it would be sent, and by which way; None when by none."""

    event: Event
    due: datetime
    way: Channel | None


@dataclass(slots=True)
class Planner:
    """Goes through the members, some at a time; `write` finds the words of an event."""

    database: Database
    clock: Clock
    envelopes: Envelopes
    timetable: Timetable
    occasions: Occasions
    write: Callable[[Event], Message]
    _after: int = 0

    async def run_once(self, counts: Counter[str] | None = None) -> bool:
        """Plan for the next members, and count it; whether there are more."""
        now = self.clock.now()
        async with self.database.unit() as connection:
            page = await self.look(connection, self._after, now)
            if page.events:
                await self._accept(connection, page.events, now)
        if counts is not None:
            counts.update(event.occasion for event in page.events)
        self._after = page.after or 0
        return page.after is not None

    async def look(self, connection: AsyncConnection, after: int, now: datetime) -> Page:
        """What there is to tell the next members that they were not told yet."""
        known = await FactRepository(connection).next(after, AT_ONCE, now)
        today = local_date(now)
        events = [e for each in known for e in events_of(each.facts, today, self.occasions)]
        told = await _told(connection, [event.key for event in events])
        fresh = [event for event in events if event.key not in told]
        return Page(fresh, known[-1].member_id if len(known) == AT_ONCE else None)

    async def preview(self, connection: AsyncConnection, events: Sequence[Event]) -> list[Planned]:
        """When and how each would go, as things are."""
        now = self.clock.now()
        numbers = [event.member_number for event in events]
        recipients = await RecipientRepository(connection).find(numbers, now)
        states = MemberStateRepository(connection)
        planned = []
        for event in events:
            who, state = recipients[event.member_number], await states.find(event.member_number)
            due = self.timetable.earliest(event.category, now, who.hours, who.taken)
            way = way_to(event.category, state.situation) if state else None
            planned.append(Planned(event, due, way))
        return planned

    async def _accept(
        self, connection: AsyncConnection, events: Sequence[Event], now: datetime
    ) -> None:
        drafts = [Draft(e.key, e.member_number, self.write(e), e.key) for e in events]
        ledger = LedgerRepository(connection, self.envelopes)
        accept = Accept(RecipientRepository(connection), ledger, self.timetable)
        await accept.all(OWN, drafts, now)


async def _told(connection: AsyncConnection, keys: Sequence[str]) -> set[str]:
    if not keys:
        return set()
    known = select(notification.c.external_id).where(
        notification.c.client == OWN, notification.c.external_id.in_(keys)
    )
    return set(await connection.scalars(known))
