"""Products, movements and withholdings: each finds its member or product, or is rejected."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, select, true, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.intake.findings import Reason
from storage.intake.layouts import MOVEMENTS, WITHHOLDINGS, Layout
from storage.intake.merging import merge, reject, sources
from storage.intake.rejecting import rejecting
from storage.schema import member, movement, product, withholding


async def merge_products(
    connection: AsyncConnection, layout: Layout, fields: Sequence[str], cut_off: date
) -> int:
    """Load one staged file of products; how many rows were new or changed."""
    await _reject_strangers(connection, layout)
    await _reject_other_owners(connection, layout)
    stage = layout.stage
    taken = {
        "member_id": member.c.id,
        "kind": stage.c.kind,
        **sources(product, stage, fields),
    }
    owned = stage.join(member, member.c.number == stage.c.member_number)
    changed = await merge(
        connection, product, ["kind", "number"], taken, _in_order(layout, taken, owned)
    )
    await _date_members(connection, layout, cut_off)
    return changed


async def merge_movements(connection: AsyncConnection, fields: Sequence[str]) -> int:
    """Load the staged movements; how many rows were new or changed."""
    stage = MOVEMENTS.stage
    same = and_(product.c.kind == stage.c.kind, product.c.number == stage.c.number)
    missing = rejecting(MOVEMENTS, stage.outerjoin(product, same), "number", Reason.PRODUCT_UNKNOWN)
    await reject(connection, MOVEMENTS, missing.where(product.c.id.is_(None)))
    taken = {"product_id": product.c.id, **sources(movement, stage, fields)}
    rows = _in_order(MOVEMENTS, taken, stage.join(product, same))
    return await merge(connection, movement, ["product_id", "reference"], taken, rows)


async def merge_withholdings(connection: AsyncConnection, fields: Sequence[str]) -> int:
    """Load the staged withholdings; how many rows were new or changed."""
    await _reject_strangers(connection, WITHHOLDINGS)
    stage = WITHHOLDINGS.stage
    taken = {"member_id": member.c.id, **sources(withholding, stage, fields)}
    owned = stage.join(member, member.c.number == stage.c.member_number)
    rows = _in_order(WITHHOLDINGS, taken, owned)
    key = ["member_id", "year", "concept"]
    return await merge(connection, withholding, key, taken, rows)


def _in_order(layout: Layout, taken: dict[str, ColumnElement[Any]], rows: Any) -> Any:
    return select(*taken.values()).select_from(rows).where(true()).order_by(layout.stage.c.line)


async def _reject_strangers(connection: AsyncConnection, layout: Layout) -> None:
    stage = layout.stage
    rows = stage.outerjoin(member, member.c.number == stage.c.member_number)
    missing = rejecting(layout, rows, "member_number", Reason.MEMBER_UNKNOWN)
    await reject(connection, layout, missing.where(member.c.id.is_(None)))


async def _reject_other_owners(connection: AsyncConnection, layout: Layout) -> None:
    # A number given to somebody else would show that member the first one's movements.
    stage = layout.stage
    rows = stage.join(member, member.c.number == stage.c.member_number).join(
        product, and_(product.c.kind == stage.c.kind, product.c.number == stage.c.number)
    )
    moved = rejecting(layout, rows, "member_number", Reason.OWNER_CHANGED)
    await reject(connection, layout, moved.where(product.c.member_id != member.c.id))


async def _date_members(connection: AsyncConnection, layout: Layout, cut_off: date) -> None:
    """A member whose own row was rejected still shows the date of the balances loaded."""
    await connection.execute(
        update(member)
        .where(
            member.c.as_of != cut_off,
            member.c.number.in_(select(layout.stage.c.member_number)),
        )
        .values(as_of=cut_off)
    )
