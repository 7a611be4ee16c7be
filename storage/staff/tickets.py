"""Tickets and their history."""

from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.staff.tickets import (
    NewTicket,
    TicketKind,
    TicketState,
    TicketStep,
    ticket_number,
)
from storage.schema import ticket as table
from storage.schema import ticket_event


class TicketRepository:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def file(self, ticket: NewTicket) -> str:
        """Keep it and begin its history; its number, to be read out."""
        values = {
            "kind": ticket.kind.value,
            "state": TicketState.OPEN.value,
            "member_id": ticket.member_id,
            "document_key": ticket.document_key,
            "document_masked": ticket.document_masked,
            "name": ticket.name,
            "chat_id": ticket.chat_id,
            "text": ticket.text,
            "created_at": ticket.at,
        }
        filed = insert(table).values(values).returning(table.c.id)
        ticket_id = int((await self._connection.execute(filed)).scalar_one())
        event = {"ticket_id": ticket_id, "at": ticket.at, "step": TicketStep.FILED.value}
        await self._connection.execute(insert(ticket_event).values(event))
        return ticket_number(ticket_id, ticket.at)

    async def open_robbery(self, member_id: int) -> str | None:
        """The number of the member's newest robbery that is not closed."""
        robbery = (table.c.member_id == member_id) & (table.c.kind == TicketKind.ROBBERY.value)
        waiting = select(table).where(robbery, table.c.state != TicketState.CLOSED.value)
        row = (await self._connection.execute(waiting.order_by(table.c.id.desc()).limit(1))).first()
        return ticket_number(row.id, row.created_at) if row else None
