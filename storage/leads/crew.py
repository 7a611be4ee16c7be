"""Who among the employees is told of something new."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.staff.people import Role
from storage.schema import staff


class CrewRepository:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def chats(self, roles: frozenset[Role]) -> Sequence[int]:
        """The chats of the employees who have one of these roles now."""
        on_duty = select(staff.c.telegram_id).where(
            staff.c.role.in_([role.value for role in roles]),
            staff.c.revoked_at.is_(None),
            staff.c.telegram_id.is_not(None),
        )
        return list(await self._connection.scalars(on_duty.order_by(staff.c.id)))
