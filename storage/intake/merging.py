"""From a staging table into a table of the database: only what changed is written."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Date, Select, Table, Text, and_, cast, or_, select, true
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.dialect import upsert
from storage.intake.findings import Reason
from storage.intake.layouts import Layout
from storage.intake.rejecting import recorded, rejecting, unstaged
from storage.schema import member

_DAY = Date().with_variant(Text(), "sqlite")
Sources = Mapping[str, ColumnElement[Any]]


def sources(table: Table, stage: Table, fields: Sequence[str]) -> dict[str, ColumnElement[Any]]:
    """What the table's columns of those names take from the staging table."""
    return {name: _unwrapped(table.c[name], stage.c[name]) for name in fields if name in table.c}


def _unwrapped(column: ColumnElement[Any], staged: ColumnElement[Any]) -> ColumnElement[Any]:
    return cast(staged, _DAY) if isinstance(column.type, Date) else staged


async def merge(
    connection: AsyncConnection,
    table: Table,
    key: Sequence[str],
    taken: Sources,
    rows: Select[Any],
    kept: Sequence[str] = (),
) -> int:
    """Insert or change the table's rows; how many. Columns in `kept` are only set at first.

    `rows` selects the values of `taken` and has a WHERE (SQLite needs it before ON CONFLICT).
    """
    new = upsert(connection, table).from_select(list(taken), rows)
    changing = [name for name in taken if name not in (*key, *kept)]
    different = (table.c[n].is_distinct_from(new.excluded[n]) for n in changing)
    done = await connection.execute(
        new.on_conflict_do_update(
            index_elements=list(key),
            set_={name: new.excluded[name] for name in changing},
            where=or_(*different),
        )
    )
    return done.rowcount


async def reject(connection: AsyncConnection, layout: Layout, found: Select[Any]) -> int:
    """Record those findings and take their rows out of the staging table; how many."""
    done = await connection.execute(recorded(found))
    if done.rowcount:
        await connection.execute(unstaged(layout))
    return done.rowcount


def in_order(layout: Layout, taken: Sources, rows: Any) -> Select[Any]:
    """The values to merge, in the order of the file's lines."""
    return select(*taken.values()).select_from(rows).where(true()).order_by(layout.stage.c.line)


async def reject_strangers(connection: AsyncConnection, layout: Layout) -> None:
    """Reject the rows of members who do not exist."""
    stage = layout.stage
    rows = stage.outerjoin(member, member.c.number == stage.c.member_number)
    missing = rejecting(layout, rows, "member_number", Reason.MEMBER_UNKNOWN)
    await reject(connection, layout, missing.where(member.c.id.is_(None)))


async def reject_other_owners(connection: AsyncConnection, layout: Layout, held: Table) -> None:
    """Reject the rows of products that the table knows to be another member's.

    A number given to somebody else would show that member what is the first one's.
    """
    stage = layout.stage
    same = and_(held.c.kind == stage.c.kind, held.c.number == stage.c.number)
    rows = stage.join(member, member.c.number == stage.c.member_number).join(held, same)
    moved = rejecting(layout, rows, "member_number", Reason.OWNER_CHANGED).distinct()
    await reject(connection, layout, moved.where(held.c.member_id != member.c.id))
