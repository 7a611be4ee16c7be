"""Broadcasts that were asked for; every decision is one conditional statement."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.broadcasts.broadcast import (
    REQUEST_LIFE,
    Broadcast,
    NewBroadcast,
    Progress,
    Stage,
)
from domain.notifications.api_keys import OWN
from domain.notifications.messages import Message
from domain.notifications.segments import Segment
from storage import errands
from storage.broadcasts.counting import count
from storage.notifications.batches import BatchRepository
from storage.notifications.claims import OPEN
from storage.notifications.content import Envelopes, SharedMessage
from storage.schema import broadcast as table
from storage.schema import notification_batch as batch
from storage.schema import staff

_AUTHOR, _CONFIRMER, _CLOSER = (staff.alias(name) for name in ("author", "confirms", "closes"))
_UNDECIDED = and_(
    table.c.confirmed_by.is_(None), table.c.closed_at.is_(None), table.c.batch_id.is_(None)
)
_JOINED = (
    select(
        table,
        _AUTHOR.c.name.label("author"),
        func.coalesce(_CONFIRMER.c.name, _CLOSER.c.name).label("decider"),
        batch.c.state.label("batch_state"),
        batch.c.ended_at,
    )
    .select_from(
        table.join(_AUTHOR, _AUTHOR.c.id == table.c.author_id)
        .outerjoin(_CONFIRMER, _CONFIRMER.c.id == table.c.confirmed_by)
        .outerjoin(_CLOSER, _CLOSER.c.id == table.c.closed_by)
        .outerjoin(batch, batch.c.id == table.c.batch_id)
    )
    .order_by(table.c.id.desc())
)
_STAGES: Mapping[str, Stage] = {
    "expanding": Stage.RUNNING,
    "open": Stage.RUNNING,
    "paused": Stage.PAUSED,
    "cancelled": Stage.CANCELLED,
    "done": Stage.DONE,
}


class BroadcastRepository:
    def __init__(self, connection: AsyncConnection, envelopes: Envelopes) -> None:
        self._connection = connection
        self._envelopes = envelopes

    async def ask(self, new: NewBroadcast) -> int:
        """Keep it; its number."""
        shared = SharedMessage.of(new.message)
        values = {
            "author_id": new.author_id,
            "author_account": new.account,
            "asked_at": new.at,
            "title": new.title,
            "message": shared.content,
            "terms": shared.terms,
            "segment": json.dumps(dict(new.segment.packed())),
            "audience": new.audience,
            "alone": new.alone,
        }
        added = insert(table).values(values).returning(table.c.id)
        return int((await self._connection.execute(added)).scalar_one())

    async def one(self, broadcast_id: int) -> Broadcast | None:
        found = _JOINED.where(table.c.id == broadcast_id)
        row = (await self._connection.execute(found)).first()
        return self._broadcast(row) if row else None

    async def page(self, skip: int, limit: int) -> Sequence[Broadcast]:
        """The newest first."""
        rows = await self._connection.execute(_JOINED.offset(skip).limit(limit))
        return [self._broadcast(row) for row in rows]

    async def confirm(self, broadcast_id: int, by: int, account: int, at: datetime) -> bool:
        """Note the second person; False when it was decided, or is too old."""
        confirmed = {"confirmed_by": by, "confirmed_from": account, "confirmed_at": at}
        fresh = and_(_UNDECIDED, table.c.asked_at > at - REQUEST_LIFE)
        return await self._changed(broadcast_id, fresh, confirmed)

    async def close(self, broadcast_id: int, stage: Stage, by: int, at: datetime) -> bool:
        """End it before it was sent; False when it was decided meanwhile."""
        closed = {"outcome": stage.value, "closed_by": by, "closed_at": at}
        return await self._changed(broadcast_id, _UNDECIDED, closed)

    async def start(self, broadcast_id: int, at: datetime) -> None:
        """Hand it to the sender."""
        row = (await self._connection.execute(_one(broadcast_id))).one()
        name = f"broadcast-{broadcast_id}"
        batch_id = await BatchRepository(self._connection).announce(
            OWN,
            name,
            name,
            SharedMessage(row.message, row.terms),
            Segment.unpacked(json.loads(row.segment)),
            at,
        )
        handed = update(table).where(table.c.id == broadcast_id)
        await self._connection.execute(handed.values(batch_id=batch_id))

    async def pause(self, broadcast_id: int) -> bool:
        """Nothing more of it is begun; False when it is not running."""
        paused = {"resumes": batch.c.state, "state": "paused"}
        return await self._steered(broadcast_id, OPEN, paused)

    async def resume(self, broadcast_id: int) -> bool:
        """Go on where it was; False when it is not paused."""
        errands.leave(self._connection)
        resumed = {"state": batch.c.resumes, "resumes": None}
        return await self._steered(broadcast_id, ("paused",), resumed)

    async def cancel(self, broadcast_id: int, at: datetime) -> bool:
        """What was not begun is not sent any more; False when it is over."""
        row = (await self._connection.execute(_one(broadcast_id))).one()
        batches = BatchRepository(self._connection)
        started = row.batch_id is not None
        return started and await batches.cancel(OWN, row.batch_id, "broadcast", at)

    async def progress(self, broadcast: Broadcast, now: datetime) -> Progress:
        """How far one that was started is."""
        return await count(self._connection, broadcast, now)

    async def _changed(
        self, broadcast_id: int, which: ColumnElement[bool], values: dict[str, Any]
    ) -> bool:
        changed = update(table).where(table.c.id == broadcast_id, which).values(values)
        return bool((await self._connection.execute(changed)).rowcount)

    async def _steered(
        self, broadcast_id: int, states: Sequence[str], values: dict[str, Any]
    ) -> bool:
        mine = select(table.c.batch_id).where(table.c.id == broadcast_id)
        its = update(batch).where(batch.c.id == mine.scalar_subquery(), batch.c.state.in_(states))
        return bool((await self._connection.execute(its.values(values))).rowcount)

    def _broadcast(self, row: Row[Any]) -> Broadcast:
        return Broadcast(
            id=row.id,
            title=row.title,
            author_id=row.author_id,
            author=row.author,
            account=row.author_account,
            asked_at=row.asked_at,
            message=self._message(row),
            segment=Segment.unpacked(json.loads(row.segment)),
            audience=row.audience,
            stage=_stage(row),
            decider=row.decider,
            decided_at=row.confirmed_at or row.closed_at,
            batch_id=row.batch_id,
            ended_at=row.ended_at,
        )

    def _message(self, row: Row[Any]) -> Message:
        content = self._envelopes.unpack(row.message)
        terms = SharedMessage(row.message, row.terms).message()
        return replace(terms, html=content.html, buttons=content.buttons)


def _stage(row: Row[Any]) -> Stage:
    if row.batch_state is not None:
        return _STAGES[row.batch_state]
    return Stage(row.outcome) if row.outcome else Stage.WAITING


def _one(broadcast_id: int) -> Any:
    return select(table).where(table.c.id == broadcast_id)
