"""From a staging table into a table of the database: only what changed is written."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Date, Select, Table, Text, cast, or_
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.dialect import upsert
from storage.intake.layouts import Layout
from storage.intake.rejecting import recorded, unstaged

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
