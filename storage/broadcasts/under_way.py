"""Broadcasts that time or the sender moves on."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import and_, exists, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.broadcasts.broadcast import Stage
from domain.broadcasts.rounds import PACE
from storage.notifications.claims import OPEN
from storage.schema import broadcast as table
from storage.schema import notification_batch as batch
from storage.schema import outbox


class UnderWayRepository:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def lapse(self, before: datetime, at: datetime) -> Sequence[int]:
        """End those that were asked for before that instant and that nobody confirmed."""
        undecided = and_(table.c.batch_id.is_(None), table.c.closed_at.is_(None))
        old = update(table).where(undecided, table.c.asked_at <= before)
        lapsed = old.values(outcome=Stage.LAPSED.value, closed_at=at).returning(table.c.id)
        return list(await self._connection.scalars(lapsed))

    async def untold(self) -> Sequence[int]:
        """Those that are being sent, or whose end the notes do not say yet."""
        found = (
            select(table.c.id)
            .join(batch, batch.c.id == table.c.batch_id)
            .where(or_(table.c.end_told_at.is_(None), batch.c.state.in_(OPEN)))
            .order_by(table.c.id)
        )
        return list(await self._connection.scalars(found))

    async def is_crowded(self, subject: str) -> bool:
        """Whether an earlier rewriting of the subject's notes is still to be done."""
        its = outbox.c.payload.contains(f'"{subject}"', autoescape=True)
        due = and_(outbox.c.state == "due", outbox.c.kind == "note", its)
        return bool(await self._connection.scalar(select(exists().where(due))))

    async def take(self, broadcast_id: int, told: str, over: bool, at: datetime) -> bool:
        """Have the notes say that from now on; False when they do, or did so just before."""
        rested = or_(table.c.told_at.is_(None), table.c.told_at <= at - PACE)
        news = or_(table.c.told.is_distinct_from(told), table.c.end_told_at.is_(None) & over)
        one = update(table).where(table.c.id == broadcast_id, rested, news)
        values = {"told": told, "told_at": at, "end_told_at": at if over else None}
        return bool((await self._connection.execute(one.values(values))).rowcount)
