"""A member who files, verifiers who decide, over any database."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.conversation import Session, Visit
from domain.cooperative import Policies
from domain.profile.draft import Draft
from domain.profile.filing import FUNDS, PURPOSE, THIRD_PERSONS, TRUTH, Filing
from domain.profile.following import Following
from domain.profile.papers import Media, NewPaper, Proves
from domain.profile.requests import Request
from domain.profile.sections import SECTIONS
from domain.profile.verifying import Verifying
from domain.staff.changes import HOLD
from domain.staff.people import Employee, Role
from storage.database import Database
from storage.profile.office import filing, following, papers_of, verifying
from storage.schema import credential, session, staff, step_up
from storage.secrets import Secrets
from storage.staff.changes import ChangeRepository
from tests.statement_rows import add_member

NOW = datetime(2026, 11, 2, 14, 30, tzinfo=UTC)
SECRETS = Secrets(bytes(range(32)))
MEMBER, VERIFIER, OTHER, OWN = 1, 11, 12, 13
EVERYTHING = (TRUTH, THIRD_PERSONS, FUNDS)
PERSONAL = {
    "address": "Calle 20 # 9-90",
    "neighbourhood": "Centro",
    "municipality": "15001",
    "mobile": "+573104567890",
    "email": "m1@correo.example",
    "housing": "owned",
    "stratum": "3",
    "marital_status": "single",
    "education": "university",
    "profession": "Docente",
    "first_names": "MARÍA EUGENIA",
    "surnames": "Ñáñez Peña",
    "issued_on": "1978-03-05",
    "issued_at": "15001",
}
INCOME = {
    "salary": "350000000",
    "pension": "0",
    "other_income": "0",
    "household_expenses": "120000000",
    "financial_expenses": "0",
    "assets": "9000000000",
    "liabilities": "0",
    "source_of_funds": "Mi sueldo de docente",
}
DEPENDANT = {
    "name": "Lucía Peña",
    "kin": "child",
    "birth_date": "2015-03-05",
    "document_type": "TI",
    "document": "1050123456",
}
HEIR = {
    "name": "Ana Peña",
    "kin": "child",
    "document_type": "CC",
    "document": "40123456",
    "share": "10000",
}


@dataclass(frozen=True, slots=True)
class Office:
    """The use cases in one transaction, as one person."""

    connection: AsyncConnection
    visit: Visit

    @property
    def filing(self) -> Filing:
        return filing(self.connection, SECRETS, Policies(), None)

    @property
    def following(self) -> Following:
        return following(self.connection, SECRETS)

    @property
    def verifying(self) -> Verifying:
        return verifying(self.connection, SECRETS)

    async def draft(self, **sections: Any) -> None:
        standing = await self.filing.standing(self.visit)
        draft = standing.draft
        for name, given in sections.items():
            section = SECTIONS[name]
            entries = given if isinstance(given, list) else [given]
            draft = draft.with_entries(section, entries)
            for field in ("email", "mobile"):
                if name == "personal" and field in entries[0]:
                    draft = draft.with_proof(field, entries[0][field])
        await self.filing.keep(self.visit, draft)

    async def paper(self, proves: Proves, content: bytes = b"%PDF-1.4 a paper") -> bool:
        new = NewPaper(MEMBER, proves, Media.PDF, content, self.visit.now)
        return await papers_of(self.connection, SECRETS).keep(new, 6)

    async def file(self) -> Request:
        return await self.filing.file(self.visit, EVERYTHING)


@dataclass(frozen=True, slots=True)
class World:
    database: Database

    @asynccontextmanager
    async def as_member(self, member_id: int = MEMBER, **later: float) -> AsyncIterator[Office]:
        now = NOW + timedelta(**later)
        entered = Session(f"member-{member_id}", member_id, 100 + member_id, 100 + member_id, NOW)
        async with self.database.unit() as connection:
            yield Office(connection, Visit(entered.chat_id, entered.telegram_id, now, entered))

    @asynccontextmanager
    async def as_staff(self, staff_id: int = VERIFIER, **later: float) -> AsyncIterator[Office]:
        now = NOW + timedelta(**later)
        own = MEMBER if staff_id == OWN else None
        employee = Employee(staff_id, f"Empleado {staff_id}", Role.VERIFIER, own)
        entered = Session("s", None, staff_id, staff_id, NOW, employee)
        async with self.database.unit() as connection:
            yield Office(connection, Visit(staff_id, staff_id, now, entered))

    async def filed(self, **sections: Any) -> Request:
        """A request of the member with these sections."""
        async with self.as_member() as office:
            await office.draft(**sections)
            return await office.file()

    async def serve(self, **later: float) -> None:
        """What the office does by itself once the hold of new contacts is over."""
        async with self.database.unit() as connection:
            now = NOW + HOLD + timedelta(**later)
            await ChangeRepository(connection).due(now)


async def furnish(database: Database) -> World:
    """Two members who have entered and proven themselves, three verifiers."""
    async with database.unit() as connection:
        for member_id in (MEMBER, 2):
            row = {"email": f"m{member_id}@correo.example", "mobile": "+573104567890"}
            await add_member(connection, member_id, municipality="Tunja", **row)
            await _enter(connection, member_id)
    return await employ(database, OWN)


async def employ(database: Database, own: int | None = None) -> World:
    """Three verifiers; `own` is the one who is the member as well."""
    async with database.unit() as connection:
        for staff_id in (VERIFIER, OTHER, OWN):
            values = {
                "id": staff_id,
                "name": f"Empleado {staff_id}",
                "role": "verifier",
                "telegram_id": staff_id,
                "member_id": MEMBER if staff_id == own else None,
                "created_at": NOW,
            }
            await connection.execute(insert(staff).values(values))
    return World(database)


async def _enter(connection: AsyncConnection, member_id: int) -> None:
    chat_id = 100 + member_id
    bound = {"member_id": member_id, "telegram_id": chat_id}
    await connection.execute(insert(credential).values(bound))
    entered = {"id": f"member-{member_id}", "member_id": member_id, "chat_id": chat_id}
    started = {"telegram_id": chat_id, "started_at": NOW}
    await connection.execute(insert(session).values(entered | started))
    proven = {
        "session_id": f"member-{member_id}",
        "purpose": PURPOSE,
        "chat_id": chat_id,
        "member_id": member_id,
        "proven_at": NOW,
    }
    await connection.execute(insert(step_up).values(proven))


def unproven(draft: Draft) -> Draft:
    """The draft without what was proven."""
    return replace(draft, proven={})
