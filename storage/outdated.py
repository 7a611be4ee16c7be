"""Changing what the core system also has: a late load must not undo it."""

from datetime import datetime

from sqlalchemy import and_, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.dialect import insert_or_ignore
from storage.schema import member, outdated_value


async def replace_value(
    connection: AsyncConnection,
    member_id: int,
    column: str,
    change: tuple[str | None, str],
    at: datetime,
) -> bool:
    """Give the member's column the new value (`change`: old and new), and remember the old one.

    False when the member has another value than the old one by now.
    """
    old, new = change
    same = and_(member.c.id == member_id, member.c[column].is_not_distinct_from(old))
    if not (await connection.execute(update(member).where(same).values({column: new}))).rowcount:
        return False
    row = {"member_id": member_id, "column": column, "previous": old or "", "since": at}
    await connection.execute(insert_or_ignore(connection, outdated_value, row))
    return True
