"""Employees: who is at which Telegram account, and who was taken away."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.staff.invitations import Invitation
from domain.staff.people import Employee, Role
from storage.schema import authenticator, session, staff, staff_invitation

_JOINED = staff.join(authenticator, authenticator.c.staff_id == staff.c.id)
_ENROLLED = and_(
    staff.c.revoked_at.is_(None),
    staff.c.telegram_id.is_not(None),
    authenticator.c.confirmed_at.is_not(None),
)


@dataclass(frozen=True, slots=True)
class Listed:
    """A line of the list of employees; `enrolled_at` is None before the link was used."""

    name: str
    role: Role
    enrolled_at: datetime | None
    revoked_at: datetime | None
    last_entry_at: datetime | None
    is_member: bool


class EmployeeRepository:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def at_account(self, telegram_id: int) -> Employee | None:
        """The enrolled employee of that Telegram account; None when revoked or nobody's."""
        return await self._one(_ENROLLED, staff.c.telegram_id == telegram_id)

    async def previous_entry(self, staff_id: int, session_id: str) -> datetime | None:
        """When the entry before that session was."""
        newest = select(func.max(session.c.started_at))
        others = (session.c.staff_id == staff_id) & (session.c.id != session_id)
        found: datetime | None = await self._connection.scalar(newest.where(others))
        return found

    async def chats_of(self, roles: frozenset[Role]) -> list[int]:
        """The chats of all enrolled employees with one of those roles."""
        names = [role.value for role in roles]
        found = select(staff.c.telegram_id).select_from(_JOINED)
        enrolled = found.where(_ENROLLED, staff.c.role.in_(names)).order_by(staff.c.id)
        return list(await self._connection.scalars(enrolled))

    async def seat(self, invitation: Invitation, telegram_id: int, at: datetime) -> bool:
        """Give the person that account and role, and end their sessions; False: it is another's."""
        another = (staff.c.telegram_id == telegram_id) & (staff.c.id != invitation.staff_id)
        left = update(staff).where(another, staff.c.revoked_at.is_not(None))
        await self._connection.execute(left.values(telegram_id=None))
        if await self._connection.scalar(select(staff.c.id).where(another)) is not None:
            return False
        await self.end_sessions(invitation.staff_id, at)
        seated = {
            "telegram_id": telegram_id,
            "role": invitation.role.value,
            "member_id": invitation.member_id,
            "revoked_at": None,
        }
        own = update(staff).where(staff.c.id == invitation.staff_id)
        await self._connection.execute(own.values(seated))
        return True

    async def revoke(self, name: str, at: datetime) -> int | None:
        """Take everything from that person at once; their number, None when nobody has it."""
        taken = update(staff).where(staff.c.name == name, staff.c.revoked_at.is_(None))
        revoked = taken.values(revoked_at=at).returning(staff.c.id)
        staff_id: int | None = await self._connection.scalar(revoked)
        if staff_id is not None:
            unused = (staff_invitation.c.staff_id == staff_id) & staff_invitation.c.used_at.is_(
                None
            )
            await self._connection.execute(
                update(staff_invitation).where(unused).values(used_at=at)
            )
            await self.end_sessions(staff_id, at)
        return staff_id

    async def end_sessions(self, staff_id: int, at: datetime) -> None:
        """End the employee's live session, in whatever chat it is."""
        live = (session.c.staff_id == staff_id) & session.c.ended_at.is_(None)
        ended = {"ended_at": at, "end_reason": "revoked"}
        await self._connection.execute(update(session).where(live).values(ended))

    async def listed(self) -> Iterable[Listed]:
        """Everybody who was ever invited, by name."""
        last = select(func.max(session.c.started_at)).where(session.c.staff_id == staff.c.id)
        rows = (
            select(staff, authenticator.c.confirmed_at, last.scalar_subquery().label("last"))
            .select_from(staff.outerjoin(authenticator, authenticator.c.staff_id == staff.c.id))
            .order_by(staff.c.name)
        )
        return [_listed(row) for row in await self._connection.execute(rows)]

    async def _one(self, *conditions: ColumnElement[bool]) -> Employee | None:
        found = select(staff).select_from(_JOINED).where(*conditions)
        row = (await self._connection.execute(found)).first()
        return Employee(row.id, row.name, Role(row.role), row.member_id) if row else None


def _listed(row: Row[Any]) -> Listed:
    return Listed(
        name=row.name,
        role=Role(row.role),
        enrolled_at=row.confirmed_at,
        revoked_at=row.revoked_at,
        last_entry_at=row.last,
        is_member=row.member_id is not None,
    )
