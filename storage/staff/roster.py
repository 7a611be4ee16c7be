"""Who works here, at an operator's word: invited, listed, taken away."""

import json
from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.access.journal import Action, Result
from domain.access.seals import Seal
from domain.members import Document
from domain.staff.invitations import Invite
from domain.staff.people import Role
from storage.audit import aside
from storage.audit.aside import Entry
from storage.schema import member
from storage.secrets import Secrets
from storage.staff.invitations import InvitationRepository
from storage.staff.people import EmployeeRepository, Listed


class NoSuchMember(LookupError):
    """There is no member with that document."""


class Roster:
    def __init__(self, connection: AsyncConnection, secrets: Secrets) -> None:
        self._connection = connection
        self._people = EmployeeRepository(connection)
        self._invite = Invite(InvitationRepository(connection), Seal(secrets.invitations))

    async def invite(self, name: str, role: Role, document: Document | None, at: datetime) -> str:
        """The token of a link for that person; NoSuchMember, MemberTaken.

        `document`: of the employee's own membership.
        """
        member_id = await self._member_id(document) if document else None
        staff_id, token = await self._invite.invite(name, role, member_id, at)
        self._record(Action.STAFF_INVITED, staff_id, at, role.value)
        return token

    async def revoke(self, name: str, at: datetime) -> bool:
        """Take everything from that person at once; False when nobody has the name."""
        staff_id = await self._people.revoke(name, at)
        if staff_id is not None:
            self._record(Action.STAFF_REVOKED, staff_id, at)
        return staff_id is not None

    async def listed(self) -> Iterable[Listed]:
        """Everybody who was ever invited, by name."""
        return await self._people.listed()

    async def _member_id(self, document: Document) -> int:
        found: int | None = await self._connection.scalar(
            select(member.c.id).where(
                member.c.document_number == document.number,
                member.c.document_type == document.kind.value,
            )
        )
        if found is None:
            raise NoSuchMember
        return found

    def _record(self, action: Action, staff_id: int, at: datetime, why: str = "") -> None:
        details = json.dumps({"why": why} if why else {})
        about = f"staff:{staff_id}"
        done = Entry(at, action.value, Result.DONE.value, object=about, details=details)
        aside.put(self._connection, done)
