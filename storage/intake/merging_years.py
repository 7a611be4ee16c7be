"""What speaks of a whole year: withholdings, and products at its end."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.dialect import upsert
from storage.intake.dates import last_ended_year
from storage.intake.layouts import WITHHOLDINGS, YEAR_ENDS
from storage.intake.merging import in_order, merge, reject_other_owners, reject_strangers, sources
from storage.schema import closed_year, member, product, withholding, year_end


async def merge_withholdings(
    connection: AsyncConnection, fields: Sequence[str], cut_off: date
) -> int:
    """Load the staged withholdings; how many rows were new or changed."""
    await reject_strangers(connection, WITHHOLDINGS)
    stage = WITHHOLDINGS.stage
    taken = {"member_id": member.c.id, **sources(withholding, stage, fields)}
    owned = stage.join(member, member.c.number == stage.c.member_number)
    rows = in_order(WITHHOLDINGS, taken, owned)
    key = ["member_id", "year", "concept"]
    changed = await merge(connection, withholding, key, taken, rows)
    await _close_years(connection, cut_off)
    return changed


async def merge_year_ends(connection: AsyncConnection, fields: Sequence[str]) -> int:
    """Load the staged products at a year's end; how many rows were new or changed."""
    await reject_strangers(connection, YEAR_ENDS)
    for held in (product, year_end):
        await reject_other_owners(connection, YEAR_ENDS, held)
    stage = YEAR_ENDS.stage
    taken = {"member_id": member.c.id, **sources(year_end, stage, fields)}
    owned = stage.join(member, member.c.number == stage.c.member_number)
    rows = in_order(YEAR_ENDS, taken, owned)
    return await merge(connection, year_end, ["year", "kind", "number"], taken, rows)


async def _close_years(connection: AsyncConnection, cut_off: date) -> None:
    """Of a year that had ended when it was loaded it can be said that nothing was withheld."""
    stage = WITHHOLDINGS.stage
    ended = select(stage.c.year).where(stage.c.year <= last_ended_year(cut_off)).distinct()
    closed = upsert(connection, closed_year).from_select(["year"], ended)
    await connection.execute(closed.on_conflict_do_nothing())
