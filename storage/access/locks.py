"""Members barred as a whole, and those for whom the cooperative vouches."""

from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.access.blocking import Lock
from storage.dialect import upsert
from storage.schema import credential as table
from storage.schema import member

CLEARED = {
    "locked_at": None,
    "lock_reason": None,
    "locked_by": None,
    "failures_bound": 0,
    "failures_unbound": 0,
}


class LockRepository:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def lock(self, member_id: int, lock: Lock) -> bool:
        """Bar the member and void their PIN; False when they were barred already."""
        known = select(member.c.id).where(member.c.id == member_id)
        row = upsert(self._connection, table).from_select(["member_id"], known)
        await self._connection.execute(row.on_conflict_do_nothing())
        own = update(table).where(table.c.member_id == member_id)
        values = {"locked_at": lock.at, "lock_reason": lock.reason, "locked_by": lock.by}
        barred = await self._connection.execute(own.where(_FREE).values(values))
        void = {"reset_required_at": lock.at, "attempts_from": lock.at}
        await self._connection.execute(own.values(void))
        return bool(barred.rowcount)


_FREE = table.c.locked_at.is_(None)


class ResetRepository:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def grant(self, member_id: int, until: datetime, at: datetime) -> None:
        """Void the PIN; until then the member may choose a new one without a second proof."""
        granted = CLEARED | {"reset_required_at": at, "reset_granted_until": until}
        first = upsert(self._connection, table).values({"member_id": member_id} | granted)
        again = first.on_conflict_do_update(index_elements=[table.c.member_id], set_=granted)
        await self._connection.execute(again)
