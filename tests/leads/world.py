"""Leads and the people around them."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import insert, select

from domain.conversation import Session, Visit
from domain.finance.loans import System
from domain.finance.periods import Period
from domain.finance.rates import Rate, RateKind
from domain.leads.attending import AttendLeads
from domain.leads.lead import NewLead, Product, Visitor, Wish
from domain.leads.sending import SendLead
from domain.leads.withdrawing import WithdrawLeads
from domain.money import Centavos, Percent
from domain.notes import Note
from domain.staff.conduct import Conduct
from domain.staff.people import Employee, Role
from storage.access.allowances import AllowanceRepository
from storage.access.journal import JournalRepository
from storage.leads.crew import CrewRepository
from storage.leads.repository import LeadRepository
from storage.schema import lead, lead_event, staff
from storage.staff.acts import ActRepository

WISH = Wish(
    Product.CREDIT,
    "Libre inversión",
    Centavos(500_000_000),
    24,
    Period.MONTHLY,
    System.LEVEL,
    Rate(Percent("1.45"), RateKind.MONTHLY),
    Centavos(24_988_200),
    date(2026, 11, 2),
)
ANA = Visitor("Ana Ñáñez", "+573104567890")
CLARA = Employee(1, "Clara", Role.SUPPORT)
DIEGO = Employee(2, "Diego", Role.VERIFIER, member_id=1)
RAUL = Employee(3, "Raúl", Role.AUDITOR)


def visitors(now: datetime, chat_id: int = 70) -> NewLead:
    return NewLead(WISH, chat_id, now, None, ANA)


def members(now: datetime, member_id: int = 1, chat_id: int = 7) -> NewLead:
    return NewLead(WISH, chat_id, now, member_id, None)


@dataclass
class Told:
    """Notes that were told and refreshed."""

    told: list[tuple[int, str]] = field(default_factory=list)
    refreshed: list[str] = field(default_factory=list)

    async def tell(self, chat_id: int, note: Note, at: datetime) -> None:
        self.told.append((chat_id, note.name))

    async def refresh(self, subject: str, at: datetime) -> None:
        self.refreshed.append(subject)


def sending(connection: Any, notes: Told, per_day: int = 3) -> SendLead:
    allowances, crew = AllowanceRepository(connection), CrewRepository(connection)
    return SendLead(LeadRepository(connection), allowances, crew, notes, per_day)


def attending(connection: Any, notes: Told) -> AttendLeads:
    conduct = Conduct(ActRepository(connection), JournalRepository(connection))
    return AttendLeads(LeadRepository(connection), conduct, notes)


def at_work(employee: Employee, now: datetime) -> Visit:
    """That employee, entered, in their own chat."""
    chat = 900 + employee.id
    return Visit(chat, chat, now, Session(f"s{employee.id}", None, chat, chat, now, employee))


def withdrawing(connection: Any, notes: Told) -> WithdrawLeads:
    return WithdrawLeads(LeadRepository(connection), notes)


async def add_staff(connection: Any, staff_id: int, role: str, **given: Any) -> None:
    row = {
        "id": staff_id,
        "name": {1: "Clara", 2: "Diego"}.get(staff_id, f"Staff {staff_id}"),
        "role": role,
        "telegram_id": 900 + staff_id,
        "created_at": given.pop("created_at"),
    }
    await connection.execute(insert(staff).values(row | given))


async def row_of(connection: Any, lead_id: int) -> Any:
    return (await connection.execute(select(lead).where(lead.c.id == lead_id))).one()


async def history(connection: Any, lead_id: int) -> list[tuple[str, int | None, str]]:
    rows = select(lead_event).where(lead_event.c.lead_id == lead_id).order_by(lead_event.c.id)
    return [(r.step, r.staff_id, r.text) for r in await connection.execute(rows)]
