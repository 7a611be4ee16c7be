"""Letting a member try again, at an operator's word."""

from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.access.journal import Action, Result
from domain.access.restraint import codes_subject, failures_subject, pace_subject
from domain.access.seals import Seal
from domain.members import Document
from storage.access.allowances import AllowanceRepository
from storage.access.locks import CLEARED
from storage.access.totp import FORGIVEN
from storage.audit import aside
from storage.audit.aside import Entry
from storage.schema import authenticator, credential, member


class UnlockingRepository:
    """`documents`: the seal that documents are counted under."""

    def __init__(self, connection: AsyncConnection, documents: Seal) -> None:
        self._connection = connection
        self._documents = documents

    async def unlock(self, document: Document, at: datetime) -> int | None:
        """Clear the failures, the waits and the lock, audited; None for an unknown document.

        A member without a PIN may use the first key for its whole life again. One who was barred
        after a robbery still has to choose a new PIN.
        """
        member_id = await self._member_id(document)
        if member_id is None:
            return None
        await self.forgive(member_id, document, at)
        done = Entry(at, Action.UNLOCK.value, Result.DONE.value, member_id=member_id)
        aside.put(self._connection, done)
        return member_id

    async def forgive(self, member_id: int, document: Document, at: datetime) -> None:
        """The same for a member who is known, without an audit entry."""
        app = update(authenticator).where(authenticator.c.member_id == member_id)
        await self._connection.execute(app.values(FORGIVEN))
        own = update(credential).where(credential.c.member_id == member_id).values(CLEARED)
        kept = own.returning(credential.c.telegram_id, credential.c.pin_hash)
        row = (await self._connection.execute(kept)).first()
        await self._forget_waits(document, row.telegram_id if row else None, at)
        if row is None or row.pin_hash is None:
            renewed = update(member).where(member.c.id == member_id)
            await self._connection.execute(renewed.values(first_loaded_at=at))

    async def _forget_waits(self, document: Document, account: int | None, at: datetime) -> None:
        key = self._documents.document(document)
        subjects = [pace_subject(key), *(codes_subject(key, bound, at) for bound in (True, False))]
        if account is not None:
            subjects.append(failures_subject(account, at))
        await AllowanceRepository(self._connection).clear(*subjects)

    async def _member_id(self, document: Document) -> int | None:
        found: int | None = await self._connection.scalar(
            select(member.c.id).where(
                member.c.document_number == document.number,
                member.c.document_type == document.kind.value,
            )
        )
        return found
