"""Employees and members without Telegram: each act in its own unit of work, as one update's."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from itertools import count
from typing import Any, TypeVar

import pyotp
from sqlalchemy import insert, select

from domain.access.totp import STEP, Holder, Seed
from domain.conversation import Session, Visit
from domain.cooperative import Policies
from domain.staff.people import Employee, Role
from domain.staff.tickets import NewTicket, TicketKind
from storage.access.sessions import NewSessionRepository
from storage.access.totp import AuthenticatorRepository
from storage.database import Database
from storage.schema import binding, credential, staff, ticket
from storage.secrets import Secrets
from storage.staff.tickets import TicketRepository
from storage.staff.work import StaffWork
from storage.unit import unit_of_work
from tests.keys import SECRETS
from tests.offices import HandClock
from tests.statement_rows import add_member

T = TypeVar("T")
SEED = Seed("JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP")
FIRST_CHAT = 7001


@dataclass(slots=True)
class Bureau:
    database: Database
    secrets: Secrets = SECRETS
    policies: Policies = field(default_factory=Policies)
    clock: HandClock = field(default_factory=HandClock)
    _chats: Any = field(default_factory=lambda: count(FIRST_CHAT))
    _somebody: Visit | None = None

    async def employee(self, name: str, role: Role = Role.SUPPORT, **given: Any) -> Visit:
        """An enrolled employee who has entered."""
        account = given.pop("account", None) or next(self._chats)
        row = {"name": name, "role": role.value, "telegram_id": account} | given
        row |= {"created_at": self.clock.now()}
        async with unit_of_work(self.database) as unit:
            added = insert(staff).values(row).returning(staff.c.id)
            staff_id = (await unit.connection.execute(added)).scalar_one()
            kept = AuthenticatorRepository(unit.connection, self.secrets.seeds)
            holder = Holder(staff_id=staff_id)
            await kept.begin(holder, SEED, self.clock.now())
            await kept.confirm(holder, 1, self.clock.now())
        return await self.inside(Employee(staff_id, name, role, row.get("member_id")), account)

    async def somebody(self) -> Visit:
        """One employee of support, the same each time."""
        if self._somebody is None:
            self._somebody = await self.employee("Elena")
        return self.now(self._somebody)

    async def inside(self, employee: Employee, account: int) -> Visit:
        """The employee's visit with a session of their own."""
        now = self.clock.now()
        session = Session(f"{employee.id}-{account}-{now}", None, account, account, now, employee)
        async with unit_of_work(self.database) as unit:
            await NewSessionRepository(unit.connection).begin(session)
        return Visit(account, account, now, session)

    async def member(self, member_id: int, bound: int | None = None, **given: Any) -> int:
        async with unit_of_work(self.database) as unit:
            row = {"email": f"m{member_id}@correo.example", "mobile": "+573104567890"} | given
            await add_member(unit.connection, member_id, **row)
            at = self.clock.now() if bound is not None else None
            access = {"member_id": member_id, "telegram_id": bound}
            access |= {"bound_at": at, "last_entry_at": at}
            await unit.connection.execute(insert(credential).values(access))
            if bound is not None:
                await unit.connection.execute(insert(binding).values(access))
        return member_id

    async def ticket(self, member_id: int | None = None, chat_id: int = 9001) -> int:
        """A ticket as members file it."""
        new = NewTicket(
            TicketKind.HELP, chat_id, self.clock.now(), member_id, "key", "CC •••••123", "Ana"
        )
        async with unit_of_work(self.database) as unit:
            await TicketRepository(unit.connection).file(new)
            newest = select(ticket.c.id).order_by(ticket.c.id.desc()).limit(1)
            return int(await unit.connection.scalar(newest))

    async def do(self, act: Callable[[StaffWork], Awaitable[T]]) -> T:
        """One act in its own unit of work."""
        async with unit_of_work(self.database) as unit:
            return await act(StaffWork(unit, self.secrets, self.policies))

    def now(self, visit: Visit) -> Visit:
        """The same person, by now."""
        return replace(visit, now=self.clock.now())

    def code(self, steps: int = 0) -> str:
        """What the employees' apps show, so many steps from now."""
        return pyotp.TOTP(SEED.secret).at(self.clock.now() + steps * STEP)

    async def rows(self, table: Any, *where: Any) -> list[Any]:
        async with self.database.unit() as connection:
            return list(await connection.execute(select(table).where(*where)))
