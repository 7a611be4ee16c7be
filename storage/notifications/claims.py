"""Taking notifications in hand: in order, singles before batches, one per member at a time."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import product
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    and_,
    func,
    literal,
    or_,
    select,
    union_all,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.notifications.categories import Category
from domain.notifications.messages import Priority
from domain.notifications.outcomes import State
from storage.notifications.shown import in_hand, pending, waiting
from storage.schema import notification as table
from storage.schema import notification_batch as batch

LEASE = timedelta(seconds=60)
OPEN = ("expanding", "open")
MOST_BATCHES = 20


@dataclass(frozen=True, slots=True)
class Claim:
    """A notification in hand; only the holder of `fence` may settle it.

    `content`: as it is kept. `tries` and `doubts`: before this one.
    """

    id: int
    fence: str
    member_id: int
    category: Category
    content: str = field(repr=False)
    file_id: int | None
    silent: bool | None
    reference: str
    tries: int
    doubts: int
    due_at: datetime
    expires_at: datetime | None


@dataclass(frozen=True, slots=True)
class Lane:
    """The notifications of a batch, which share its ticket, or all that are of none."""

    batch_id: int | None
    ticket: int | None

    @property
    def holds(self) -> ColumnElement[bool]:
        batched: ColumnElement[bool] = table.c.batch_id == self.batch_id
        return batched if self.batch_id is not None else table.c.batch_id.is_(None)

    @property
    def place(self) -> ColumnElement[int]:
        return table.c.ticket if self.ticket is None else literal(self.ticket)


SINGLES = Lane(None, None)


class ClaimRepository:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def claim(self, now: datetime, limit: int) -> list[Claim]:
        """Lease up to that many due ones; none of a member with another in hand."""
        lanes = [
            next_of(lane, priority, now, limit)
            for priority, lane in product(Priority, await self._open_lanes())
        ]
        together = union_all(*(select(lane.subquery()) for lane in lanes))
        found = [row.id for row in await self._connection.execute(together)]
        return await self._lease(found[:limit], now) if found else []

    async def lost(self, now: datetime) -> list[Claim]:
        """Take over what was being sent when its holder vanished: nobody knows whether it was.

        What was only leased waits again.
        """
        over = and_(table.c.lease_until <= now, in_hand())
        leased = update(table).where(over, table.c.state == State.LEASED)
        freed = {"state": State.QUEUED.value, "fence": None, "lease_until": None}
        await self._connection.execute(leased.values(freed))
        fence = secrets.token_hex(8)
        sending = update(table).where(over, table.c.state == State.SENDING)
        held = sending.values(fence=fence, lease_until=now + LEASE).returning(table)
        rows = (await self._connection.execute(held)).all()
        return [_claim(row, row.content or "") for row in rows]

    async def release(self, claims: Sequence[Claim]) -> None:
        """Give back what was leased and not begun."""
        for claim in claims:
            own = update(table).where(table.c.id == claim.id, table.c.fence == claim.fence)
            freed = {"state": State.QUEUED.value, "fence": None, "lease_until": None}
            await self._connection.execute(own.where(table.c.state == State.LEASED).values(freed))

    async def recent(self, since: datetime) -> list[tuple[int, datetime]]:
        """Chats that something was sent to since then, and when: what the limiter must know."""
        sent = select(table.c.chat_id, table.c.sending_at).where(
            table.c.sending_at > since, table.c.chat_id.is_not(None)
        )
        return [(row.chat_id, row.sending_at) for row in await self._connection.execute(sent)]

    async def _open_lanes(self) -> list[Lane]:
        """The singles, then the batches whose notifications may go, oldest first."""
        live = select(batch.c.id, batch.c.ticket).where(batch.c.state.in_(OPEN))
        rows = await self._connection.execute(live.order_by(batch.c.ticket).limit(MOST_BATCHES))
        return [SINGLES, *(Lane(row.id, row.ticket) for row in rows)]

    async def _lease(self, ids: Sequence[int], now: datetime) -> list[Claim]:
        fence = secrets.token_hex(8)
        free = (
            select(table.c.id)
            .where(table.c.id.in_(ids), waiting())
            .with_for_update(skip_locked=True)
        )
        values = {"state": State.LEASED.value, "fence": fence, "lease_until": now + LEASE}
        taken = update(table).where(table.c.id.in_(free)).values(values).returning(table)
        rows = {row.id: row for row in await self._connection.execute(taken)}
        shared = await self._shared({row.batch_id for row in rows.values() if row.content is None})
        return [
            _claim(rows[key], rows[key].content or shared[rows[key].batch_id])
            for key in ids
            if key in rows
        ]

    async def _shared(self, batch_ids: set[int]) -> dict[int, str]:
        """The messages that whole batches share."""
        if not batch_ids:
            return {}
        found = select(batch.c.id, batch.c.message).where(batch.c.id.in_(batch_ids))
        return {row.id: row.message for row in await self._connection.execute(found)}


def next_of(lane: Lane, priority: Priority, now: datetime, limit: int) -> Select[tuple[int]]:
    """The next due ones of a lane, of that priority."""
    due = (
        select(table.c.id)
        .where(lane.holds, table.c.priority == int(priority), waiting(), table.c.not_before <= now)
        .order_by(table.c.not_before, table.c.id)
        .limit(limit)
    )
    return due if priority is Priority.URGENT else due.where(~_held_back(lane, now))


def _held_back(lane: Lane, now: datetime) -> ColumnElement[bool]:
    """Whether another of the same member is in hand, or goes first.

    One that waits for a later hour holds nobody back; nor does one of a batch that is not open.
    """
    other, its_batch = table.alias(), batch.alias()
    its_place = func.coalesce(its_batch.c.ticket, other.c.ticket)
    first = or_(its_place < lane.place, and_(its_place == lane.place, other.c.id < table.c.id))
    ready = or_(other.c.state == State.RETRY, other.c.not_before <= now)
    running = or_(other.c.batch_id.is_(None), its_batch.c.state.in_(OPEN))
    return (
        select(other.c.id)
        .select_from(other.outerjoin(its_batch, its_batch.c.id == other.c.batch_id))
        .where(
            other.c.member_id == table.c.member_id,
            other.c.id != table.c.id,
            pending(other),
            or_(in_hand(other), and_(ready, running, first)),
        )
        .exists()
    )


def _claim(row: Any, content: str) -> Claim:
    return Claim(
        id=row.id,
        fence=row.fence,
        member_id=row.member_id,
        category=Category(row.category),
        content=content,
        file_id=row.file_id,
        silent=row.silent,
        reference=row.reference,
        tries=row.tries,
        doubts=row.doubts,
        due_at=row.due_at,
        expires_at=row.expires_at,
    )
