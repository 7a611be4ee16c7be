"""Limits: counters per subject, and the documents an account tried."""

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, case, delete, literal, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.access.limits import DAY
from domain.access.pacing import Backoff
from domain.clock import local_date
from storage.dialect import insert_or_ignore, upsert
from storage.schema import allowance as table
from storage.schema import document_tried
from storage.types import Instant


class AllowanceRepository:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def take(self, subject: str, limit: int, window: timedelta, now: datetime) -> int | None:
        """Use the subject once more: which use it is in this window, None beyond the limit.

        A window starts at its first use.
        """
        first = upsert(self._connection, table).values(subject=subject, window_start=now, used=1)
        over = table.c.window_start <= now - window
        again = {
            "used": case((over, 1), else_=table.c.used + 1),
            "window_start": case((over, first.excluded.window_start), else_=table.c.window_start),
        }
        taken = first.on_conflict_do_update(
            index_elements=[table.c.subject], set_=again, where=or_(over, table.c.used < limit)
        ).returning(table.c.used)
        used: int | None = await self._connection.scalar(taken)
        return used

    async def take_for_good(self, subject: str, limit: int, now: datetime) -> int | None:
        """Use the subject once more, without a window: which use it is, None beyond the limit."""
        first = upsert(self._connection, table).values(subject=subject, window_start=now, used=1)
        taken = first.on_conflict_do_update(
            index_elements=[table.c.subject],
            set_={"used": table.c.used + 1},
            where=table.c.used < limit,
        ).returning(table.c.used)
        used: int | None = await self._connection.scalar(taken)
        return used

    async def give_back(self, subject: str, uses: int = 1) -> None:
        """Uncount uses; called with 0 otherwise, so that both take as long."""
        own = update(table).where(table.c.subject == subject, table.c.used >= uses)
        await self._connection.execute(own.values(used=table.c.used - uses))

    async def clear(self, *subjects: str) -> None:
        """Forget how often they were used."""
        await self._connection.execute(delete(table).where(table.c.subject.in_(subjects)))


class PaceRepository:
    """Kept as allowances: how many tries, and when the last one was."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def take(self, subject: str, backoff: Backoff, now: datetime) -> datetime | None:
        """Count a try; None when it may be made, else the instant from which one may."""
        first = upsert(self._connection, table).values(subject=subject, window_start=now, used=1)
        anew = table.c.window_start <= now - DAY
        again = {"used": case((anew, 1), else_=table.c.used + 1), "window_start": now}
        ripe = table.c.window_start <= _due(backoff, now)
        taken = first.on_conflict_do_update(
            index_elements=[table.c.subject], set_=again, where=ripe
        ).returning(table.c.used)
        if await self._connection.scalar(taken) is not None:
            return None
        last = select(table.c.window_start, table.c.used).where(table.c.subject == subject)
        row = (await self._connection.execute(last)).one()
        begun: datetime = row.window_start
        return begun + backoff.after(row.used)

    async def clear(self, subject: str) -> None:
        """Begin anew."""
        await AllowanceRepository(self._connection).clear(subject)


def _due(backoff: Backoff, now: datetime) -> ColumnElement[datetime]:
    """The latest instant of a last try after which another may be made now."""
    pauses = backoff.pauses
    early = [
        (table.c.used == n, literal(now - pause, Instant()))
        for n, pause in enumerate(pauses[:-1], 1)
    ]
    latest = literal(now - pauses[-1], Instant())
    return case(*early, else_=latest) if early else latest


class DocumentTriedRepository:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def tried(self, telegram_id: int, document_key: str, now: datetime) -> bool:
        """Whether the account tried that document today (in Colombia) already."""
        found = select(document_tried.c.day).where(
            document_tried.c.telegram_id == telegram_id,
            document_tried.c.day == local_date(now),
            document_tried.c.document_key == document_key,
        )
        return (await self._connection.execute(found)).first() is not None

    async def remember(self, telegram_id: int, document_key: str, now: datetime) -> None:
        values = {
            "telegram_id": telegram_id,
            "day": local_date(now),
            "document_key": document_key,
        }
        await self._connection.execute(insert_or_ignore(self._connection, document_tried, values))
