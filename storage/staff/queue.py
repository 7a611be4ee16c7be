"""Tickets as employees attend to them; every change is one conditional statement."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, case, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.staff.attend import Ticket, TicketEvent
from domain.staff.duties import ROLES, Duty
from domain.staff.tickets import TicketKind, TicketState, TicketStep, ticket_number
from storage.schema import credential, staff, ticket_event
from storage.schema import ticket as table

OPEN, CLAIMED, CLOSED = (state.value for state in TicketState)
_JOINED = (
    select(table, staff.c.name.label("claimant"), credential.c.telegram_id)
    .select_from(
        table.outerjoin(staff, staff.c.id == table.c.claimed_by).outerjoin(
            credential, credential.c.member_id == table.c.member_id
        )
    )
    .order_by(case((table.c.state == OPEN, 0), else_=1), table.c.created_at, table.c.id)
)
_ATTENDING = [role.value for role in ROLES[Duty.TICKETS]]
_GONE = select(staff.c.id).where(
    or_(staff.c.revoked_at.is_not(None), staff.c.role.not_in(_ATTENDING))
)
_FREE = {"state": OPEN, "claimed_by": None, "claimed_at": None}


class QueueRepository:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def waiting(self, skip: int, limit: int) -> Sequence[Ticket]:
        """Tickets that are not closed, those that wait first, the oldest first."""
        found = _JOINED.where(table.c.state.in_((OPEN, CLAIMED))).offset(skip).limit(limit)
        return [_ticket(row) for row in await self._connection.execute(found)]

    async def one(self, ticket_id: int) -> Ticket | None:
        row = (await self._connection.execute(_JOINED.where(table.c.id == ticket_id))).first()
        return _ticket(row) if row else None

    async def history(self, ticket_id: int) -> Sequence[TicketEvent]:
        """All that happened to it, oldest first."""
        joined = ticket_event.outerjoin(staff, staff.c.id == ticket_event.c.staff_id)
        found = select(ticket_event, staff.c.name).select_from(joined)
        mine = found.where(ticket_event.c.ticket_id == ticket_id).order_by(ticket_event.c.id)
        rows = await self._connection.execute(mine)
        return [TicketEvent(row.at, TicketStep(row.step), row.name, row.text) for row in rows]

    async def claim(self, ticket_id: int, staff_id: int, stale: datetime, at: datetime) -> bool:
        """Take it if it waits, or was claimed before `stale`; False when another holds it."""
        left = and_(table.c.state == CLAIMED, table.c.claimed_at <= stale)
        free = and_(table.c.id == ticket_id, or_(table.c.state == OPEN, left))
        claimed = {"state": CLAIMED, "claimed_by": staff_id, "claimed_at": at}
        return await self._step(free, claimed, TicketStep.CLAIMED, staff_id, at) is not None

    async def release(self, ticket_id: int, staff_id: int, at: datetime) -> bool:
        """Put it back; False when it is not the employee's."""
        mine = _held(ticket_id, staff_id)
        return await self._step(mine, _FREE, TicketStep.RELEASED, staff_id, at) is not None

    async def answer(self, ticket_id: int, staff_id: int, text: str, at: datetime) -> int | None:
        """Keep the answer and hold the ticket longer; its number, None when it is not theirs."""
        mine, held = _held(ticket_id, staff_id), {"claimed_at": at}
        return await self._step(mine, held, TicketStep.ANSWERED, staff_id, at, text)

    async def close(self, ticket_id: int, staff_id: int, at: datetime) -> bool:
        """Close it; False when it is not the employee's."""
        mine, closed = _held(ticket_id, staff_id), {"state": CLOSED, "closed_at": at}
        return await self._step(mine, closed, TicketStep.CLOSED, staff_id, at) is not None

    async def is_answered(self, ticket_id: int) -> bool:
        answers = select(ticket_event.c.id).where(
            ticket_event.c.ticket_id == ticket_id,
            ticket_event.c.step == TicketStep.ANSWERED.value,
        )
        return await self._connection.scalar(answers.limit(1)) is not None

    async def answered(self, ticket_id: int, event_id: int) -> str:
        """The words of an answer."""
        found = select(ticket_event.c.text).where(
            ticket_event.c.id == event_id, ticket_event.c.ticket_id == ticket_id
        )
        return str((await self._connection.execute(found)).scalar_one())

    async def unannounced(self, at: datetime) -> Sequence[int]:
        """Tickets that nobody was told of yet; they count as announced from now on."""
        new = and_(table.c.announced_at.is_(None), table.c.state == OPEN)
        return await self._taken(new, {"announced_at": at})

    async def abandoned(self, stale: datetime, at: datetime) -> Sequence[int]:
        """Tickets claimed before `stale`, or by who may attend no more, put back."""
        alone = or_(table.c.claimed_at <= stale, table.c.claimed_by.in_(_GONE))
        left = and_(table.c.state == CLAIMED, alone)
        return await self._all(left, _FREE, TicketStep.RELEASED, at)

    async def overdue(self, since: datetime, at: datetime) -> Sequence[int]:
        """Tickets that wait, and were filed and recalled before `since`; recalled from now on."""
        not_recalled = or_(table.c.reminded_at.is_(None), table.c.reminded_at <= since)
        old = and_(table.c.state == OPEN, table.c.created_at <= since, not_recalled)
        return await self._all(old, {"reminded_at": at}, TicketStep.REMINDED, at)

    async def _step(
        self,
        which: ColumnElement[bool],
        values: Mapping[str, Any],
        step: TicketStep,
        staff_id: int,
        at: datetime,
        text: str = "",
    ) -> int | None:
        """Change that ticket and its history; the number of the line, None for no such ticket."""
        taken = await self._taken(which, values)
        if not taken:
            return None
        line = _line(taken[0], step, at) | {"staff_id": staff_id, "text": text}
        added = insert(ticket_event).values(line).returning(ticket_event.c.id)
        return int((await self._connection.execute(added)).scalar_one())

    async def _all(
        self, which: ColumnElement[bool], values: Mapping[str, Any], step: TicketStep, at: datetime
    ) -> Sequence[int]:
        taken = await self._taken(which, values)
        if taken:
            lines = [_line(ticket_id, step, at) for ticket_id in taken]
            await self._connection.execute(insert(ticket_event), lines)
        return taken

    async def _taken(self, which: ColumnElement[bool], values: Mapping[str, Any]) -> Sequence[int]:
        changed = update(table).where(which).values(values).returning(table.c.id)
        return sorted(await self._connection.scalars(changed))


def _held(ticket_id: int, staff_id: int) -> ColumnElement[bool]:
    return and_(table.c.id == ticket_id, table.c.state == CLAIMED, table.c.claimed_by == staff_id)


def _line(ticket_id: int, step: TicketStep, at: datetime) -> dict[str, Any]:
    return {"ticket_id": ticket_id, "at": at, "step": step.value}


def _ticket(row: Row[Any]) -> Ticket:
    return Ticket(
        id=row.id,
        number=ticket_number(row.id, row.created_at),
        kind=TicketKind(row.kind),
        state=TicketState(row.state),
        created_at=row.created_at,
        chat_id=row.chat_id,
        member_id=row.member_id,
        bound_chat=row.telegram_id,
        document=row.document_masked,
        name=row.name,
        text=row.text,
        claimed_by=row.claimed_by,
        claimant=row.claimant,
        claimed_at=row.claimed_at,
        closed_at=row.closed_at,
    )
