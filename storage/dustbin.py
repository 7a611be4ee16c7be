"""Messages that must leave a chat, remembered until Telegram has deleted them."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.dialect import insert_or_ignore
from storage.schema import chat_message


class SqlDustbin:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection
        self.thrown = False

    async def keep(self, chat_id: int, message_id: int, session_id: str | None) -> None:
        """Delete the message when the session has ended; without one, know that it is wanted."""
        values = {"chat_id": chat_id, "message_id": message_id, "session_id": session_id}
        await self._connection.execute(insert_or_ignore(self._connection, chat_message, values))

    async def throw(self, chat_id: int, message_id: int, at: datetime) -> None:
        """Delete the message from that instant on."""
        self.thrown = True
        values = {"chat_id": chat_id, "message_id": message_id, "due_at": at}
        await self._connection.execute(insert_or_ignore(self._connection, chat_message, values))
        known = (chat_message.c.chat_id == chat_id) & (chat_message.c.message_id == message_id)
        await self._connection.execute(update(chat_message).where(known).values(due_at=at))

    async def throw_session(self, session_id: str, at: datetime) -> None:
        """Delete all that the session, or the run of a flow without one, left in its chat."""
        left = update(chat_message).where(chat_message.c.session_id == session_id)
        gone = await self._connection.execute(left.values(due_at=at))
        self.thrown = self.thrown or bool(gone.rowcount)

    async def kept(self, chat_id: int, session_id: str | None = None) -> set[int]:
        """Messages of the chat that are wanted there; of one session, those that stay until it
        ends."""
        kept = select(chat_message.c.message_id).where(
            chat_message.c.chat_id == chat_id, chat_message.c.due_at.is_(None)
        )
        if session_id is not None:
            kept = kept.where(chat_message.c.session_id == session_id)
        return set(await self._connection.scalars(kept))

    async def due(self, now: datetime, chat_id: int | None = None) -> dict[int, list[int]]:
        """Message ids to delete now, by chat; at most 100 (deleteMessages takes no more)."""
        query = select(chat_message).where(chat_message.c.due_at <= now).limit(100)
        if chat_id is not None:
            query = query.where(chat_message.c.chat_id == chat_id)
        by_chat: dict[int, list[int]] = {}
        for row in await self._connection.execute(query):
            by_chat.setdefault(row.chat_id, []).append(row.message_id)
        return by_chat

    async def emptied(self, chat_id: int, message_ids: Iterable[int]) -> None:
        """Forget messages that are gone."""
        gone = chat_message.c.message_id.in_(list(message_ids))
        await self._connection.execute(
            delete(chat_message).where(chat_message.c.chat_id == chat_id, gone)
        )

    async def postpone(self, chat_id: int, message_ids: Iterable[int], until: datetime) -> None:
        """Try these again later."""
        later = update(chat_message).where(
            chat_message.c.chat_id == chat_id, chat_message.c.message_id.in_(list(message_ids))
        )
        await self._connection.execute(later.values(due_at=until))
