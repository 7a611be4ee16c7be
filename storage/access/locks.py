"""Members barred as a whole, and those for whom the cooperative vouches."""

from datetime import datetime

from sqlalchemy import func, literal, select
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.access.blocking import Lock
from storage.dialect import upsert
from storage.schema import credential as table
from storage.schema import member
from storage.types import Instant

CLEARED = {
    "locked_at": None,
    "lock_reason": None,
    "locked_by": None,
    "failures_bound": 0,
    "failures_unbound": 0,
}
_ANEW = ("reset_required_at", "attempts_from")


class LockRepository:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def lock(self, member_id: int, lock: Lock) -> bool:
        """Bar the member and void their PIN; False when they were barred already."""
        at = literal(lock.at, Instant())
        names = ["member_id", "locked_at", "lock_reason", "locked_by", *_ANEW]
        row = select(member.c.id, at, literal(lock.reason), literal(lock.by), at, at)
        first = upsert(self._connection, table).from_select(
            names, row.where(member.c.id == member_id)
        )
        first_wins = {
            name: func.coalesce(table.c[name], first.excluded[name]) for name in names[1:4]
        }
        kept = first_wins | {name: first.excluded[name] for name in _ANEW}
        barred = first.on_conflict_do_update(index_elements=[table.c.member_id], set_=kept)
        since = await self._connection.scalar(barred.returning(table.c.locked_at))
        return bool(since == lock.at)


class ResetRepository:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def grant(self, member_id: int, until: datetime, at: datetime) -> None:
        """Void the PIN; until then the member may choose a new one without a second proof."""
        granted = CLEARED | {"reset_required_at": at, "reset_granted_until": until}
        first = upsert(self._connection, table).values({"member_id": member_id} | granted)
        again = first.on_conflict_do_update(index_elements=[table.c.member_id], set_=granted)
        await self._connection.execute(again)
