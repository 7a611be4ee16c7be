"""Letting a member try again, at an operator's word."""

from datetime import datetime

from sqlalchemy import insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.access.journal import Action, Result
from domain.members import Document
from storage.schema import audit, credential, member


class UnlockingRepository:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def unlock(self, document: Document, at: datetime) -> bool:
        """Clear the failures and the lock, with an audit row; False for an unknown document.

        A member without a PIN may use the first key for its whole life again.
        """
        member_id = await self._member_id(document)
        if member_id is None:
            return False
        cleared = {"failures_bound": 0, "failures_unbound": 0, "locked_at": None}
        own = update(credential).where(credential.c.member_id == member_id)
        await self._connection.execute(own.values(cleared))
        has_pin = select(credential.c.pin_hash).where(credential.c.member_id == member_id)
        if await self._connection.scalar(has_pin) is None:
            renewed = update(member).where(member.c.id == member_id)
            await self._connection.execute(renewed.values(first_loaded_at=at))
        await self._record(member_id, at)
        return True

    async def _member_id(self, document: Document) -> int | None:
        found: int | None = await self._connection.scalar(
            select(member.c.id).where(
                member.c.document_number == document.number,
                member.c.document_type == document.kind.value,
            )
        )
        return found

    async def _record(self, member_id: int, at: datetime) -> None:
        row = {"at": at, "action": Action.UNLOCK.value, "result": Result.DONE.value}
        await self._connection.execute(insert(audit).values(row | {"member_id": member_id}))
