"""Leads and their history; every change of state is one conditional statement."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Update, and_, case, func, insert, literal, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.leads.lead import Lead, LeadState, LeadStep, NewLead, Outcome
from domain.staff.people import Employee
from storage.leads.rows import READ, lead_of, values_of
from storage.schema import lead as table
from storage.schema import lead_event, staff
from storage.types import Instant

_OPEN = table.c.state == LeadState.OPEN.value
_CLAIMED = table.c.state == LeadState.CLAIMED.value
# What an employee had taken who works here no longer is there to be taken again.
_ORPHANED = and_(
    _CLAIMED, table.c.claimed_by.in_(select(staff.c.id).where(staff.c.revoked_at.is_not(None)))
)


class LeadRepository:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def file(self, new: NewLead) -> int:
        """Keep it and begin its history; its id."""
        filed = insert(table).values(values_of(new)).returning(table.c.id)
        lead_id = int((await self._connection.execute(filed)).scalar_one())
        await self._remember(lead_id, LeadStep.FILED, new.at)
        return lead_id

    async def find(self, lead_id: int) -> Lead | None:
        row = (await self._connection.execute(READ.where(table.c.id == lead_id))).first()
        return None if row is None else lead_of(row)

    async def waiting(self, employee_id: int, limit: int, skip: int) -> tuple[Lead, ...]:
        """Open ones and those that the employee has taken, oldest first."""
        own = and_(_CLAIMED, table.c.claimed_by == employee_id)
        rows = READ.where(or_(_OPEN, _ORPHANED, own)).order_by(table.c.id)
        found = await self._connection.execute(rows.limit(limit).offset(skip))
        return tuple(lead_of(row) for row in found)

    async def claim(self, lead_id: int, employee: Employee, at: datetime) -> bool:
        """Take an open lead that is not the employee's own."""
        strangers = or_(table.c.member_id.is_(None), table.c.member_id != (employee.member_id or 0))
        free = update(table).where(or_(_OPEN, _ORPHANED), strangers)
        taken = {"claimed_by": employee.id, "claimed_at": at, "state": LeadState.CLAIMED.value}
        return await self._change(lead_id, free.values(taken), LeadStep.CLAIMED, employee.id, at)

    async def release(self, lead_id: int, employee_id: int, at: datetime) -> bool:
        """Give back a lead that this employee has taken."""
        given = {"claimed_by": None, "claimed_at": None, "state": LeadState.OPEN.value}
        back = update(table).where(_of(employee_id)).values(given)
        return await self._change(lead_id, back, LeadStep.RELEASED, employee_id, at)

    async def close(
        self, lead_id: int, employee_id: int, outcome: Outcome, note: str, at: datetime
    ) -> bool:
        """End a lead that this employee has taken."""
        ended = {"state": LeadState.CLOSED.value, "outcome": outcome.value, "closed_at": at}
        closed = update(table).where(_of(employee_id)).values(ended)
        return await self._change(lead_id, closed, LeadStep.CLOSED, employee_id, at, note)

    async def withdraw(self, chat_id: int, at: datetime) -> Sequence[int]:
        """Erase name and mobile of the leads that visitors sent from that chat, and end those
        that are not ended; the ids of all of them."""
        theirs = update(table).where(table.c.chat_id == chat_id, table.c.visitor_name.is_not(None))
        ended = (table.c.state == LeadState.CLOSED.value, table.c.outcome)
        erased = {
            "visitor_name": None,
            "visitor_mobile": None,
            "outcome": case(ended, else_=Outcome.WITHDRAWN.value),
            "closed_at": func.coalesce(table.c.closed_at, literal(at, Instant)),
            "state": LeadState.CLOSED.value,
        }
        rows = await self._connection.scalars(theirs.values(erased).returning(table.c.id))
        gone = sorted(rows)
        for lead_id in gone:
            await self._remember(lead_id, LeadStep.WITHDRAWN, at)
        return gone

    async def _change(
        self,
        lead_id: int,
        change: Update,
        step: LeadStep,
        employee_id: int,
        at: datetime,
        text: str = "",
    ) -> bool:
        one = change.where(table.c.id == lead_id).returning(table.c.id)
        if (await self._connection.execute(one)).first() is None:
            return False
        await self._remember(lead_id, step, at, employee_id, text)
        return True

    async def _remember(
        self, lead_id: int, step: LeadStep, at: datetime, by: int | None = None, text: str = ""
    ) -> None:
        row: dict[str, Any] = {"lead_id": lead_id, "at": at, "step": step.value}
        await self._connection.execute(
            insert(lead_event).values(row | {"staff_id": by, "text": text})
        )


def _of(employee_id: int) -> ColumnElement[bool]:
    return and_(_CLAIMED, table.c.claimed_by == employee_id)
