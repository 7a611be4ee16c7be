"""Who and what a file no longer brings: told always, acted on only in a full load."""

from datetime import date
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Select,
    Table,
    Text,
    and_,
    case,
    cast,
    except_,
    func,
    insert,
    literal,
    null,
    select,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.members import MemberStatus
from storage.intake.findings import Level, Reason
from storage.intake.layouts import MEMBERS, Layout
from storage.intake.rejecting import FIELDS, header_of, position
from storage.intake.tables import findings
from storage.schema import member, product


async def note_members(connection: AsyncConnection, *, full: bool) -> int:
    """Report active members that the file lacks, and make them inactive in a full load."""
    present = member.c.status == MemberStatus.ACTIVE.value
    reason = Reason.MEMBER_INACTIVATED if full else Reason.MEMBER_ABSENT
    missing = await _note(connection, MEMBERS, member, present, reason)
    if full and missing:
        gone = member.c.id.in_(_noted(MEMBERS, reason))
        await connection.execute(
            update(member).where(gone).values(status=MemberStatus.INACTIVE.value)
        )
    return missing


async def note_products(
    connection: AsyncConnection, layout: Layout, cut_off: date, *, full: bool
) -> int:
    """Report open products that the file lacks, and close them, empty, in a full load."""
    present = and_(product.c.closed_on.is_(None), product.c.kind.in_(layout.kinds))
    reason = Reason.PRODUCT_CLOSED if full else Reason.PRODUCT_ABSENT
    missing = await _note(connection, layout, product, present, reason)
    if full and missing:
        gone = product.c.id.in_(_noted(layout, reason))
        await connection.execute(update(product).where(gone).values(_closed(cut_off)))
    return missing


async def applies(connection: AsyncConnection, layout: Layout) -> bool:
    """Whether the file can tell who is absent: it brought rows, and each said whose it is."""
    loaded = await connection.scalar(select(func.count()).select_from(layout.stage))
    unreadable = select(func.count()).where(
        findings.c.file == position(layout),
        findings.c.level == Level.REJECTED.value,
        findings.c.subject.is_(None),
    )
    return bool(loaded) and not await connection.scalar(unreadable)


async def note_not_applied(connection: AsyncConnection, layout: Layout) -> None:
    """Report that the file was not taken as full."""
    values = (Level.WARNING.value, position(layout), Reason.FULL_NOT_APPLIED.value)
    await connection.execute(
        insert(findings).values(dict(zip(("level", "file", "reason"), values, strict=True)))
    )


def _closed(cut_off: date) -> dict[str, Any]:
    nothing_owed = case((product.c.kind == "credit", 0))
    return {
        "closed_on": cut_off,
        "balance": 0,
        "accrued_interest": None,
        "next_due_on": None,
        "days_past_due": nothing_owed,
        "arrears": nothing_owed,
    }


async def _note(
    connection: AsyncConnection,
    layout: Layout,
    table: Table,
    present: ColumnElement[bool],
    reason: Reason,
) -> int:
    absent = _absent(layout, table, present).subquery()
    column = header_of(layout, "number")
    rows = select(
        literal(Level.WARNING.value, Text),
        literal(position(layout)),
        null(),
        literal(column, Text),
        literal(reason.value, Text),
        absent.c.number,
        cast(absent.c.id, Text),
    )
    return (await connection.execute(insert(findings).from_select(FIELDS, rows))).rowcount


def _absent(layout: Layout, table: Table, present: ColumnElement[bool]) -> Select[Any]:
    # By ids and EXCEPT: an outer join to unindexed staging rows is quadratic in SQLite.
    stage, rejected = layout.stage, findings.c
    brought = select(table.c.id).join(stage, and_(*(table.c[k] == stage.c[k] for k in _key(table))))
    unread = select(table.c.id).join(findings, table.c.number == rejected.subject)
    unread = unread.where(
        rejected.file == position(layout), rejected.level == Level.REJECTED.value, present
    )
    absent = except_(select(table.c.id).where(present), brought, unread).subquery()
    return select(table.c.id, table.c.number).join(absent, absent.c.id == table.c.id)


def _key(table: Table) -> tuple[str, ...]:
    return ("kind", "number") if "kind" in table.c else ("number",)


def _noted(layout: Layout, reason: Reason) -> Select[Any]:
    return select(cast(findings.c.subject, BigInteger)).where(
        findings.c.file == position(layout), findings.c.reason == reason.value
    )
