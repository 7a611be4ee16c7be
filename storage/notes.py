"""Notes in the chats: queued, remembered where they lie, and written anew."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Row, delete, select
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.conversation import Parcel
from domain.notes import Note
from storage.dialect import insert_or_ignore
from storage.outbox import SqlOutbox
from storage.schema import note as table


class SqlNotes:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection
        self._outbox = SqlOutbox(connection)

    async def tell(self, chat_id: int, note: Note, at: datetime) -> None:
        """Have it sent from that instant on, once this unit of work has committed."""
        await self._outbox.put(Parcel(chat_id, "note", packed(note)), at)

    async def refresh(self, subject: str, at: datetime) -> None:
        """Have every note of that subject written anew where it lies."""
        lying = select(table).where(table.c.subject == subject)
        for row in await self._connection.execute(lying):
            await self._again(row, at)

    async def refresh_one(self, chat_id: int, message_id: int, at: datetime) -> None:
        """Have that message written anew, if it is a note."""
        row = (await self._connection.execute(_one(chat_id, message_id))).first()
        if row is not None:
            await self._again(row, at)

    async def sent(self, chat_id: int, message_id: int, note: Note) -> None:
        """Remember where a note lies."""
        values = {
            "chat_id": chat_id,
            "message_id": message_id,
            "name": note.name,
            "subject": note.subject,
            "params": json.dumps(dict(note.params)),
        }
        await self._connection.execute(insert_or_ignore(self._connection, table, values))

    async def gone(self, chat_id: int, message_id: int) -> None:
        """Forget a note that has left its chat."""
        one = (table.c.chat_id == chat_id) & (table.c.message_id == message_id)
        await self._connection.execute(delete(table).where(one))

    async def _again(self, row: Row[Any], at: datetime) -> None:
        note = Note(row.name, json.loads(row.params), row.subject)
        payload = packed(note) | {"message_id": row.message_id}
        await self._outbox.put(Parcel(row.chat_id, "note", payload), at)


def packed(note: Note) -> dict[str, Any]:
    """The note as a parcel's payload."""
    return {"name": note.name, "params": dict(note.params), "subject": note.subject}


def unpacked(payload: Mapping[str, Any]) -> Note:
    """The note of a parcel's payload."""
    return Note(payload["name"], payload["params"], payload["subject"])


def _one(chat_id: int, message_id: int) -> Any:
    return select(table).where(table.c.chat_id == chat_id, table.c.message_id == message_id)
