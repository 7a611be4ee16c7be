"""Invitations: only a keyed hash of the link is kept; every step is one conditional statement."""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, func, insert, literal, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.staff.invitations import LINK_LIFE, Invitation, MemberTaken
from domain.staff.people import Role
from storage.dialect import insert_or_ignore
from storage.schema import staff
from storage.schema import staff_invitation as table
from storage.types import Instant

_UNUSED = table.c.used_at.is_(None)


class InvitationRepository:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(
        self, name: str, role: Role, member_id: int | None, seal: str, at: datetime
    ) -> int:
        """Invite a person, known by name for good, and void their earlier links; their number."""
        staff_id = await self._person(name, role, at)
        if member_id is not None:
            holder = select(staff.c.id).where(staff.c.member_id == member_id)
            if await self._connection.scalar(holder) not in (None, staff_id):
                raise MemberTaken
        earlier = update(table).where(table.c.staff_id == staff_id, _UNUSED)
        await self._connection.execute(earlier.values(used_at=at))
        values = {
            "staff_id": staff_id,
            "token_hash": seal,
            "role": role.value,
            "member_id": member_id,
            "created_at": at,
        }
        await self._connection.execute(insert(table).values(values))
        return staff_id

    async def open(self, seal: str, telegram_id: int, at: datetime) -> Invitation | None:
        """Let that account, and no other from now on, use the link; None when it is dead."""
        fresh = and_(table.c.opened_at.is_(None), table.c.created_at > at - LINK_LIFE)
        again = and_(table.c.telegram_id == telegram_id, table.c.opened_at > at - LINK_LIFE)
        mine = update(table).where(table.c.token_hash == seal, _UNUSED, or_(fresh, again))
        first = {
            "telegram_id": telegram_id,
            "opened_at": func.coalesce(table.c.opened_at, literal(at, Instant())),
        }
        found = await self._connection.scalar(mine.values(first).returning(table.c.id))
        return await self._one(table.c.id == found) if found is not None else None

    async def opened(self, invitation_id: int, telegram_id: int, at: datetime) -> Invitation | None:
        """The invitation that the account opened not long ago and has not used."""
        mine = (table.c.id == invitation_id) & (table.c.telegram_id == telegram_id)
        return await self._one(mine, _UNUSED, table.c.opened_at > at - LINK_LIFE)

    async def use(self, invitation_id: int, at: datetime) -> bool:
        """Use it up; False when it was used or voided meanwhile."""
        used = update(table).where(table.c.id == invitation_id, _UNUSED).values(used_at=at)
        return bool((await self._connection.execute(used)).rowcount)

    async def _person(self, name: str, role: Role, at: datetime) -> int:
        new = {"name": name, "role": role.value, "created_at": at}
        await self._connection.execute(insert_or_ignore(self._connection, staff, new))
        found = select(staff.c.id).where(staff.c.name == name)
        return int((await self._connection.execute(found)).scalar_one())

    async def _one(self, *conditions: ColumnElement[bool]) -> Invitation | None:
        joined = table.join(staff, staff.c.id == table.c.staff_id)
        found = select(table, staff.c.name).select_from(joined).where(*conditions)
        row = (await self._connection.execute(found)).first()
        return _invitation(row) if row else None


def _invitation(row: Row[Any]) -> Invitation:
    return Invitation(row.id, row.staff_id, row.name, Role(row.role), row.member_id)
