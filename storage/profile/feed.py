"""Approved values for the core system: in order, each until it is taken."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.profile.feed import Update
from storage.schema import member
from storage.schema import profile_update as table

_UPDATES = select(table, member.c.number.label("member_number")).join(
    member, member.c.id == table.c.member_id
)


class FeedRepository:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def after(self, position: int, most: int) -> Sequence[Update]:
        """Updates behind that position, in order."""
        later = _UPDATES.where(table.c.position > position)
        rows = await self._connection.execute(later.order_by(table.c.position).limit(most))
        return [_update(row) for row in rows]

    async def taken(self) -> int:
        """The last position that was taken; 0 before the first."""
        newest = select(func.max(table.c.position)).where(table.c.taken_at.is_not(None))
        return await self._connection.scalar(newest) or 0

    async def last(self) -> int:
        """The newest position; 0 before the first."""
        return await self._connection.scalar(select(func.max(table.c.position))) or 0

    async def take(self, position: int, at: datetime) -> int:
        """Mark all up to that position as taken; how many were not yet."""
        fresh = update(table).where(table.c.position <= position, table.c.taken_at.is_(None))
        return (await self._connection.execute(fresh.values(taken_at=at))).rowcount


def _update(row: Row[Any]) -> Update:
    return Update(
        row.position, row.member_number, row.request_number, row.field, row.value, row.approved_at
    )
