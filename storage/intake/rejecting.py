"""Rows that are fine by themselves and wrong beside others, found by set-based SQL."""

from collections.abc import AsyncIterator, Sequence

from sqlalchemy import (
    ColumnElement,
    Delete,
    FromClause,
    Insert,
    Select,
    Text,
    and_,
    cast,
    delete,
    func,
    insert,
    literal,
    null,
    select,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.intake.findings import Finding, Level, Reason
from storage.intake.layouts import LAYOUTS, Layout
from storage.intake.tables import findings

FIELDS = ("level", "file", "line", "column", "reason", "detail", "subject")


def position(layout: Layout) -> int:
    """The file's place in the report."""
    return LAYOUTS.index(layout)


def header_of(layout: Layout, field: str) -> str:
    """What the file calls that field."""
    return next(c.header for c in layout.columns if c.field == field)


def rejecting(
    layout: Layout,
    rows: FromClause,
    field: str,
    reason: Reason,
    detail: ColumnElement[str] | None = None,
) -> Select[tuple[object, ...]]:
    """The findings of `rows`, a join that begins at the layout's staging table."""
    stage = layout.stage.c
    return select(
        literal(Level.REJECTED.value, Text),
        literal(position(layout)),
        stage.line,
        literal(header_of(layout, field), Text),
        literal(reason.value, Text),
        null() if detail is None else cast(detail, Text),
        cast(stage[layout.subject], Text),
    ).select_from(rows)


def recorded(rows: Select[tuple[object, ...]]) -> Insert:
    """Keep those findings for the report."""
    return insert(findings).from_select(FIELDS, rows)


def unstaged(layout: Layout) -> Delete:
    """Take the rows that were rejected out of the staging table."""
    rejected = select(findings.c.line).where(
        findings.c.file == position(layout), findings.c.level == Level.REJECTED.value
    )
    return delete(layout.stage).where(layout.stage.c.line.in_(rejected))


def repeated(layout: Layout, fields: Sequence[str], reason: Reason) -> Insert:
    """Every row but the first of those with the same values in these fields."""
    stage = layout.stage
    keys = [stage.c[f] for f in fields]
    first = (
        select(func.min(stage.c.line).label("first_line"), *keys)
        .group_by(*keys)
        .having(func.count() > 1)
        .subquery()
    )
    same = and_(*(stage.c[f] == first.c[f] for f in fields))
    rows = stage.join(first, same)
    return recorded(
        rejecting(layout, rows, fields[-1], reason, first.c.first_line).where(
            stage.c.line > first.c.first_line
        )
    )


async def rejected_rows(connection: AsyncConnection, layout: Layout) -> int:
    """How many rows of the file were rejected; one row may have several findings."""
    lines = select(func.count(findings.c.line.distinct())).where(
        findings.c.file == position(layout), findings.c.level == Level.REJECTED.value
    )
    return await connection.scalar(lines) or 0


async def told(connection: AsyncConnection) -> AsyncIterator[Finding]:
    """All findings, by file and line; those about a whole file come before its rows."""
    f = findings.c
    in_order = (f.file, func.coalesce(f.line, 0), f.column, f.reason, f.detail)
    shown = select(f.level, f.file, f.line, f.column, f.reason, f.detail).order_by(*in_order)
    async for level, file, line, column, reason, detail in await connection.stream(shown):
        name = LAYOUTS[file].file
        yield Finding(Level(level), name, line, column, Reason(reason), detail)
