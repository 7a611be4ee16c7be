"""Files that go with notifications: uploaded once, kept while they may be needed."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256

from sqlalchemy import case, delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.notifications.files import FileKind, PushedFile
from storage.dialect import insert_or_ignore
from storage.notifications.shown import pending
from storage.schema import notification
from storage.schema import pushed_file as table


@dataclass(frozen=True, slots=True)
class Sendable:
    """A file ready to be sent; `telegram_file_id`: Telegram has it already."""

    id: int
    name: str
    is_picture: bool
    content: bytes = field(repr=False)
    telegram_file_id: str | None


class FileRepository:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def keep(self, client: str, file: PushedFile, at: datetime) -> int:
        """Its number; the same file of the same name is kept once."""
        digest = sha256(file.content).hexdigest()
        values = {
            "client": client,
            "sha256": digest,
            "name": file.name,
            "kind": file.kind.value,
            "mime_type": file.mime_type,
            "size": len(file.content),
            "content": file.content,
            "created_at": at,
        }
        await self._connection.execute(insert_or_ignore(self._connection, table, values))
        same = (table.c.client == client, table.c.sha256 == digest, table.c.name == file.name)
        # Uploaded again, it stays as long as if it were new.
        kept = update(table).where(*same).values(created_at=at).returning(table.c.id)
        return int((await self._connection.execute(kept)).scalar_one())

    async def touch(self, client: str, file_id: int, at: datetime) -> bool:
        """Have it stay as long as if it were new; False when that client has none such."""
        mine = update(table).where(table.c.client == client, table.c.id == file_id)
        return bool((await self._connection.execute(mine.values(created_at=at))).rowcount)

    async def exist(self, client: str, ids: Sequence[int]) -> set[int]:
        """Those of the numbers that are files of that client."""
        if not ids:
            return set()
        mine = select(table.c.id).where(table.c.client == client, table.c.id.in_(ids))
        return set(await self._connection.scalars(mine))

    async def sendable(self, file_id: int | None) -> Sendable | None:
        """The file, to be sent; None when there is none. Bytes that Telegram has are not read."""
        if file_id is None:
            return None
        content = case((table.c.telegram_file_id.is_(None), table.c.content), else_=None)
        columns = (table.c.id, table.c.name, table.c.kind, table.c.telegram_file_id)
        found = select(*columns, content.label("content")).where(table.c.id == file_id)
        row = (await self._connection.execute(found)).first()
        if row is None:
            return None
        picture = row.kind == FileKind.PICTURE
        return Sendable(row.id, row.name, picture, row.content or b"", row.telegram_file_id)

    async def known_to_telegram(self, file_id: int, telegram_file_id: str) -> None:
        """Remember by which name Telegram has it."""
        unnamed = update(table).where(table.c.id == file_id, table.c.telegram_file_id.is_(None))
        await self._connection.execute(unnamed.values(telegram_file_id=telegram_file_id))

    async def clear(self, before: datetime) -> int:
        """Remove files that old, unless one that waits still needs them; how many."""
        old = select(table.c.id).where(table.c.created_at < before)
        done = update(notification).where(notification.c.file_id.in_(old), ~pending())
        await self._connection.execute(done.values(file_id=None))
        needed = select(notification.c.id).where(notification.c.file_id == table.c.id)
        gone = delete(table).where(table.c.created_at < before, ~needed.exists())
        return (await self._connection.execute(gone)).rowcount
