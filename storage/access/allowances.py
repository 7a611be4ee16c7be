"""Limits: counters per subject, and the documents an account tried."""

from datetime import datetime, timedelta

from sqlalchemy import case, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.clock import local_date
from storage.dialect import insert_or_ignore, upsert
from storage.schema import allowance as table
from storage.schema import document_tried


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
