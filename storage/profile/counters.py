"""Numbers that grow by one with each commit, without gaps."""

from sqlalchemy.ext.asyncio import AsyncConnection

from storage.dialect import upsert
from storage.schema import profile_counter as table


async def next_number(connection: AsyncConnection, name: str) -> int:
    """The counter's next number; whoever else asks waits until this unit of work ends."""
    first = upsert(connection, table).values(name=name, last=1)
    again = first.on_conflict_do_update(
        index_elements=[table.c.name], set_={"last": table.c.last + 1}
    )
    found: int | None = await connection.scalar(again.returning(table.c.last))
    return found or 1
