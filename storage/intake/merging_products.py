"""Products and movements: each finds its member or product, or is rejected."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import and_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.intake.findings import Reason
from storage.intake.layouts import MOVEMENTS, Layout
from storage.intake.merging import (
    in_order,
    merge,
    reject,
    reject_other_owners,
    reject_strangers,
    sources,
)
from storage.intake.rejecting import rejecting
from storage.schema import member, movement, product


async def merge_products(
    connection: AsyncConnection, layout: Layout, fields: Sequence[str], cut_off: date
) -> int:
    """Load one staged file of products; how many rows were new or changed."""
    await reject_strangers(connection, layout)
    await reject_other_owners(connection, layout, product)
    stage = layout.stage
    taken = {
        "member_id": member.c.id,
        "kind": stage.c.kind,
        **sources(product, stage, fields),
    }
    owned = stage.join(member, member.c.number == stage.c.member_number)
    changed = await merge(
        connection, product, ["kind", "number"], taken, in_order(layout, taken, owned)
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
    rows = in_order(MOVEMENTS, taken, stage.join(product, same))
    return await merge(connection, movement, ["product_id", "reference"], taken, rows)


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
