"""Batches: uploads of many notifications, and broadcasts to a segment."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, delete, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.notifications.flaws import Flaw
from domain.notifications.outcomes import PENDING
from domain.notifications.segments import Segment
from storage import errands
from storage.notifications.content import SharedMessage
from storage.notifications.shown import shown_state, without_codes
from storage.notifications.tickets import next_ticket
from storage.schema import notification, rejected_row
from storage.schema import notification_batch as table

LIVE = ("expanding", "open", "paused")
AT_ONCE = 1_000


@dataclass(frozen=True, slots=True)
class Batch:
    """`total`: how many it holds so far, or will. `ended_at`: when nothing of it was left to do."""

    id: int
    external_id: str | None
    kind: str
    state: str
    fingerprint: str | None
    total: int
    rejected: int
    repeated: int
    accepted_at: datetime | None
    ended_at: datetime | None


class BatchRepository:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def receive(self, client: str, at: datetime) -> int:
        """Begin an upload: its notifications do not count until it is accepted."""
        row = {"client": client, "kind": "bulk", "state": "receiving", "created_at": at}
        return await self._insert(row)

    async def accept(self, batch_id: int, totals: Mapping[str, int], at: datetime) -> None:
        """The upload is whole: from this commit on its notifications count."""
        ticket = await next_ticket(self._connection)
        values = {"state": "open", "ticket": ticket, "accepted_at": at, **totals}
        mine = update(table).where(table.c.id == batch_id)
        await self._connection.execute(mine.values(values))
        errands.leave(self._connection)

    async def announce(
        self,
        client: str,
        external_id: str,
        fingerprint: str,
        message: SharedMessage,
        segment: Segment,
        at: datetime,
    ) -> int:
        """Accept a broadcast; its notifications are made afterwards (`broadcasts.py`)."""
        row = {
            "client": client,
            "external_id": external_id,
            "kind": "broadcast",
            "state": "expanding",
            "ticket": await next_ticket(self._connection),
            "message": message.content,
            "terms": message.terms,
            "segment": json.dumps(segment.packed()),
            "fingerprint": fingerprint,
            "created_at": at,
            "accepted_at": at,
        }
        errands.leave(self._connection)
        return await self._insert(row)

    async def find(self, client: str, batch_id: int, kind: str) -> Batch | None:
        """A batch of that client's own."""
        return await self._one(table.c.id == batch_id, table.c.client == client, kind)

    async def named(self, client: str, external_id: str) -> Batch | None:
        """The broadcast of that name."""
        return await self._one(
            table.c.external_id == external_id, table.c.client == client, "broadcast"
        )

    async def counts(self, batch_id: int) -> dict[str, int]:
        """How many are in each state, as shown."""
        state = shown_state().label("state")
        query = (
            select(state, func.count())
            .select_from(notification.join(table, table.c.id == notification.c.batch_id))
            .where(notification.c.batch_id == batch_id)
            .group_by(state)
        )
        return {row[0]: row[1] for row in await self._connection.execute(query)}

    async def cancel(self, client: str, batch_id: int, kind: str, at: datetime) -> bool:
        """Nothing of it begins any more; False when it is over already, or another's."""
        mine = update(table).where(
            table.c.id == batch_id,
            table.c.client == client,
            table.c.kind == kind,
            table.c.state.in_(LIVE),
        )
        cancelled = {"state": "cancelled", "ended_at": at}
        return bool((await self._connection.execute(mine.values(cancelled))).rowcount)

    async def reject(self, batch_id: int, rows: list[tuple[int, str, Flaw]]) -> None:
        """Keep which lines were not accepted, and why: line, external id, flaw."""
        if not rows:
            return
        values = [
            {
                "batch_id": batch_id,
                "line": line,
                "external_id": external_id or None,
                "field": flaw.field,
                "code": flaw.code,
                "detail": flaw.detail,
            }
            for line, external_id, flaw in rows
        ]
        await self._connection.execute(insert(rejected_row), values)

    async def rejected(self, batch_id: int, after: int, limit: int) -> list[Row[Any]]:
        """Lines that were not accepted, from a place on."""
        query = (
            select(rejected_row)
            .where(rejected_row.c.batch_id == batch_id, rejected_row.c.id > after)
            .order_by(rejected_row.c.id)
            .limit(limit)
        )
        return list((await self._connection.execute(query)).all())

    async def discard(self, batch_id: int) -> bool:
        """Remove some of an upload that came to nothing; False when nothing is left of it."""
        receiving = (table.c.id == batch_id) & (table.c.state == "receiving")
        for child in (notification, rejected_row):
            some = select(child.c.id).join(table, table.c.id == child.c.batch_id).where(receiving)
            gone = delete(child).where(child.c.id.in_(some.limit(AT_ONCE)))
            if (await self._connection.execute(gone)).rowcount:
                return True
        await self._connection.execute(delete(table).where(receiving))
        return False

    async def settle_cancelled(self, at: datetime) -> int:
        """Write down of some notifications that their batch was cancelled; how many."""
        some = (
            select(notification.c.id)
            .join(table, table.c.id == notification.c.batch_id)
            .where(table.c.state == "cancelled", notification.c.state.in_(("queued", "retry")))
            .limit(AT_ONCE)
        )
        over = update(notification).where(notification.c.id.in_(some))
        values = {"state": "cancelled", "settled_at": at, "content": without_codes()}
        return (await self._connection.execute(over.values(values))).rowcount

    async def finish(self, at: datetime) -> int:
        """Close batches of which nothing is left to do; how many."""
        left = select(notification.c.id).where(
            notification.c.batch_id == table.c.id, notification.c.state.in_(PENDING)
        )
        over = update(table).where(table.c.state == "open", ~left.exists())
        values = {"state": "done", "ended_at": at}
        return (await self._connection.execute(over.values(values))).rowcount

    async def orphans(self, before: datetime) -> list[int]:
        """Uploads that began before then and were never accepted."""
        lost = select(table.c.id).where(table.c.state == "receiving", table.c.created_at < before)
        return list(await self._connection.scalars(lost))

    async def _insert(self, row: Mapping[str, Any]) -> int:
        key = (await self._connection.execute(insert(table).values(dict(row)))).inserted_primary_key
        if key is None:
            raise RuntimeError("the engine gave no key")
        return int(key[0])

    async def _one(self, *conditions: Any) -> Batch | None:
        *where, kind = conditions
        row = (
            await self._connection.execute(select(table).where(*where, table.c.kind == kind))
        ).first()
        return _batch(row) if row else None


def _batch(row: Row[Any]) -> Batch:
    return Batch(
        id=row.id,
        external_id=row.external_id,
        kind=row.kind,
        state=row.state,
        fingerprint=row.fingerprint,
        total=row.total,
        rejected=row.rejected,
        repeated=row.repeated,
        accepted_at=row.accepted_at,
        ended_at=row.ended_at,
    )
