"""Leads and their history; every change of state is one conditional statement."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Update, and_, case, func, insert, literal, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.leads.lead import Lead, LeadEvent, LeadState, LeadStep, NewLead, Outcome
from storage.leads.rows import HISTORY, READ, event_of, lead_of, values_of
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

    async def history(self, lead_id: int) -> Sequence[LeadEvent]:
        """All that happened to it, oldest first."""
        found = HISTORY.where(lead_event.c.lead_id == lead_id)
        return [event_of(row) for row in await self._connection.execute(found)]

    async def waiting(self, skip: int, limit: int) -> Sequence[Lead]:
        """Leads that have not ended, those that wait first, the oldest first."""
        found = READ.where(or_(_OPEN, _CLAIMED)).order_by(case((_OPEN, 0), else_=1), table.c.id)
        rows = await self._connection.execute(found.offset(skip).limit(limit))
        return [lead_of(row) for row in rows]

    async def claim(self, lead_id: int, staff_id: int, stale: datetime, at: datetime) -> bool:
        """Take it if it waits, was claimed before `stale`, or by somebody who works here no
        longer."""
        lying = and_(_CLAIMED, table.c.claimed_at <= stale)
        free = update(table).where(or_(_OPEN, lying, _ORPHANED))
        taken = {"claimed_by": staff_id, "claimed_at": at, "state": LeadState.CLAIMED.value}
        return await self._change(lead_id, free.values(taken), LeadStep.CLAIMED, staff_id, at)

    async def release(self, lead_id: int, staff_id: int, at: datetime) -> bool:
        """Give it back; False when it is not the employee's."""
        given = {"claimed_by": None, "claimed_at": None, "state": LeadState.OPEN.value}
        back = update(table).where(_of(staff_id)).values(given)
        return await self._change(lead_id, back, LeadStep.RELEASED, staff_id, at)

    async def close(
        self, lead_id: int, staff_id: int, outcome: Outcome, note: str, at: datetime
    ) -> bool:
        """End it; False when it is not the employee's."""
        ended = {"state": LeadState.CLOSED.value, "outcome": outcome.value, "closed_at": at}
        closed = update(table).where(_of(staff_id)).values(ended)
        return await self._change(lead_id, closed, LeadStep.CLOSED, staff_id, at, note)

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
        staff_id: int,
        at: datetime,
        text: str = "",
    ) -> bool:
        one = change.where(table.c.id == lead_id).returning(table.c.id)
        if (await self._connection.execute(one)).first() is None:
            return False
        await self._remember(lead_id, step, at, staff_id, text)
        return True

    async def _remember(
        self, lead_id: int, step: LeadStep, at: datetime, by: int | None = None, text: str = ""
    ) -> None:
        row: dict[str, Any] = {"lead_id": lead_id, "at": at, "step": step.value}
        await self._connection.execute(
            insert(lead_event).values(row | {"staff_id": by, "text": text})
        )


def _of(staff_id: int) -> ColumnElement[bool]:
    return and_(_CLAIMED, table.c.claimed_by == staff_id)
