"""Letting a member try again, at an employee's word."""

from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.access.locks import CLEARED
from storage.schema import authenticator, credential, member

_FORGIVEN = {"failures_own": 0, "failures_others": 0}


class StaffUnlocking:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def forgive(self, member_id: int, at: datetime) -> bool:
        """Clear the failures and the waits; False when the access is barred.

        A member who never had a PIN may use the first key for its whole life again.
        """
        if await self.is_barred(member_id):
            return False
        own = update(credential).where(credential.c.member_id == member_id)
        forgiven = {"failures_bound": 0, "failures_unbound": 0}
        await self._connection.execute(own.values(forgiven))
        app = update(authenticator).where(authenticator.c.member_id == member_id)
        await self._connection.execute(app.values(_FORGIVEN))
        if not await self._had_a_pin(member_id):
            renewed = update(member).where(member.c.id == member_id)
            await self._connection.execute(renewed.values(first_loaded_at=at))
        return True

    async def is_barred(self, member_id: int) -> bool:
        barred = select(credential.c.locked_at).where(credential.c.member_id == member_id)
        return await self._connection.scalar(barred) is not None

    async def unbar(self, member_id: int) -> bool:
        """Give the access back; False when it was not barred."""
        barred = (credential.c.member_id == member_id) & credential.c.locked_at.is_not(None)
        freed = update(credential).where(barred).values(CLEARED)
        return bool((await self._connection.execute(freed)).rowcount)

    async def _had_a_pin(self, member_id: int) -> bool:
        chosen = credential.c.pin_hash.is_not(None) | credential.c.reset_required_at.is_not(None)
        mine = select(credential.c.member_id).where(credential.c.member_id == member_id, chosen)
        return await self._connection.scalar(mine) is not None
