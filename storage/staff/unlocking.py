"""Letting a member try again, at an employee's word."""

from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.access.seals import Seal
from domain.members import Document, DocumentType
from storage.access.locks import CLEARED
from storage.access.unlocking import UnlockingRepository
from storage.schema import credential, member


class StaffUnlocking:
    """`documents`: the seal that documents are counted under."""

    def __init__(self, connection: AsyncConnection, documents: Seal) -> None:
        self._connection = connection
        self._unlocking = UnlockingRepository(connection, documents)

    async def forgive(self, member_id: int, at: datetime) -> bool:
        """Clear the failures and the waits; False when the access is barred.

        A member who never had a PIN may use the first key for its whole life again.
        """
        # The row is locked: whoever reports a robbery meanwhile is not undone by this.
        if await self.is_barred(member_id):
            return False
        await self._unlocking.forgive(member_id, await self._document(member_id), at)
        return True

    async def unbar(self, member_id: int) -> bool:
        """Give the access back; False when it was not barred."""
        barred = (credential.c.member_id == member_id) & credential.c.locked_at.is_not(None)
        freed = update(credential).where(barred).values(CLEARED)
        return bool((await self._connection.execute(freed)).rowcount)

    async def is_barred(self, member_id: int) -> bool:
        """Whether it is barred; its row is locked until the unit of work ends."""
        since = select(credential.c.locked_at).where(credential.c.member_id == member_id)
        return await self._connection.scalar(since.with_for_update()) is not None

    async def _document(self, member_id: int) -> Document:
        mine = select(member.c.document_type, member.c.document_number)
        row = (await self._connection.execute(mine.where(member.c.id == member_id))).one()
        return Document(DocumentType(row.document_type), row.document_number)
