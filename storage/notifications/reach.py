"""Which chats are closed to us, and until when Telegram asked all to wait."""

from datetime import datetime

from sqlalchemy import delete, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.dialect import insert_or_ignore
from storage.schema import closed_chat as table
from storage.schema import notification_counter as counter


class ReachRepository:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def close(self, chat_id: int, at: datetime) -> None:
        """The member blocked us, or the account is gone."""
        values = {"chat_id": chat_id, "closed_at": at}
        await self._connection.execute(insert_or_ignore(self._connection, table, values))

    async def open(self, chat_id: int) -> None:
        """They let us in again."""
        await self._connection.execute(delete(table).where(table.c.chat_id == chat_id))

    async def pause_until(self) -> datetime | None:
        until: datetime | None = await self._connection.scalar(select(counter.c.pause_until))
        return until

    async def pause(self, until: datetime) -> None:
        """Remember it, should this process end meanwhile."""
        sooner = or_(counter.c.pause_until.is_(None), counter.c.pause_until < until)
        await self._connection.execute(update(counter).where(sooner).values(pause_until=until))
