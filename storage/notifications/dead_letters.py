"""What could not be sent: listed with its reason, and put back into the queue by an operator."""

import json
from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.access.journal import Action, Result
from domain.broadcasts.unsent import RECENT, DeadLetter
from domain.notifications.categories import Category
from domain.notifications.outcomes import Reason, State
from storage import errands
from storage.audit import aside
from storage.audit.aside import Entry
from storage.notifications.shown import dead
from storage.schema import member
from storage.schema import notification as table
from storage.schema import notification_batch as batch


class DeadLetterRepository:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def count(self, since: datetime) -> int:
        """How many there are since then."""
        found = select(func.count()).select_from(table).where(dead(), table.c.settled_at > since)
        return await self._connection.scalar(found) or 0

    async def newest(self, limit: int, skip: int = 0) -> list[DeadLetter]:
        """The last that could not be sent, or of which nobody knows."""
        names = ("id", "client", "category", "template", "reason", "tries", "settled_at")
        query = (
            select(*(table.c[name] for name in names), member.c.number.label("member_number"))
            .join(member, member.c.id == table.c.member_id)
            .where(dead())
            .order_by(table.c.settled_at.desc(), table.c.id.desc())
            .offset(skip)
            .limit(limit)
        )
        return [DeadLetter(**row._asdict()) for row in await self._connection.execute(query)]

    async def requeue(self, numbers: Sequence[int], reason: Reason | None, now: datetime) -> int:
        """Have these tried again, or all that died lately for that reason; audited; how many.

        A one-time code is not kept; what expired or was cancelled with its batch is of no use.
        """
        chosen: ColumnElement[bool] = table.c.id.in_(numbers)
        if reason is not None:
            chosen = (table.c.reason == reason.value) & _recent(now)
        count = await self._again(chosen, now)
        self._note(count, reason, now)
        return count

    async def revive(self, numbers: Sequence[int] | None, now: datetime) -> int:
        """The same for these, or all recent ones; the trace is left by who asks."""
        chosen = _recent(now) if numbers is None else table.c.id.in_(numbers)
        return await self._again(chosen, now)

    async def _again(self, chosen: ColumnElement[bool], now: datetime) -> int:
        fresh = or_(table.c.expires_at.is_(None), table.c.expires_at > now)
        kept = table.c.category != Category.CODE.value
        again = update(table).where(chosen, dead(), fresh, kept, _not_cancelled())
        values = {
            "state": State.QUEUED.value,
            "reason": None,
            "tries": 0,
            "not_before": now,
            "due_at": now,
            "settled_at": None,
        }
        found = await self._connection.scalars(again.values(values).returning(table.c.batch_id))
        batches = list(found)
        await self._reopen({each for each in batches if each is not None})
        errands.leave(self._connection)
        return len(batches)

    async def _reopen(self, batch_ids: Collection[int]) -> None:
        """Nothing of a batch that is done would be sent."""
        over = update(batch).where(batch.c.id.in_(batch_ids), batch.c.state == "done")
        await self._connection.execute(over.values(state="open", ended_at=None))

    def _note(self, count: int, reason: Reason | None, now: datetime) -> None:
        details = json.dumps({"count": count, "why": reason.value if reason else "chosen"})
        done = Entry(now, Action.REQUEUE.value, Result.DONE.value, details=details)
        aside.put(self._connection, done)


def _recent(now: datetime) -> ColumnElement[bool]:
    return table.c.settled_at > now - RECENT


def _not_cancelled() -> ColumnElement[bool]:
    cancelled = select(batch.c.id).where(
        batch.c.id == table.c.batch_id, batch.c.state == "cancelled"
    )
    return ~cancelled.exists()
