"""Tickets: the order in which notifications were accepted."""

from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.schema import notification_counter as table

_NEXT = update(table).values(ticket=table.c.ticket + 1).returning(table.c.ticket)


async def next_ticket(connection: AsyncConnection) -> int:
    """Larger than every ticket given out before."""
    ticket: int | None = await connection.scalar(_NEXT)
    if ticket is None:
        raise RuntimeError("the row of the counter is missing: the database was not migrated")
    return ticket
