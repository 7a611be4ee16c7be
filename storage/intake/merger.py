"""The one transaction: everything staged goes in, or nothing."""

from datetime import date

from sqlalchemy import func, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.intake import absences
from storage.intake.layouts import (
    LAYOUTS,
    MEMBERS,
    MOVEMENTS,
    PRODUCTS,
    WITHHOLDINGS,
    YEAR_ENDS,
    Layout,
)
from storage.intake.merging_members import merge_members
from storage.intake.merging_products import merge_movements, merge_products
from storage.intake.merging_years import merge_withholdings, merge_year_ends
from storage.intake.outcome import FileCount, Options, Outcome
from storage.intake.rejecting import rejected_rows
from storage.schema import import_run


class Merger:
    """Merges staged files on a connection that is already in its transaction."""

    def __init__(self, connection: AsyncConnection, options: Options, cut_off: date) -> None:
        self._connection = connection
        self._options = options
        self._cut_off = cut_off
        self._started_at = options.clock.now()

    async def merge(self, outcome: Outcome) -> None:
        """Merge the files in the order in which they refer to each other; fills in the counts."""
        layouts = {layout.file: layout for layout in LAYOUTS}
        for count in outcome.files:
            await self._file(layouts[count.file], count)
        run = {
            "started_at": self._started_at,
            "finished_at": self._options.clock.now(),
            "cut_off": self._cut_off,
            "complete": int(self._options.full),
            "loaded": outcome.loaded,
            "rejected": outcome.rejected,
        }
        await self._connection.execute(insert(import_run).values(run))

    async def _file(self, layout: Layout, count: FileCount) -> None:
        count.changed = await self._changed(layout, count.fields)
        if layout is MEMBERS or layout in PRODUCTS:
            count.absent = await self._absent(layout)
        staged = select(func.count()).select_from(layout.stage)
        count.loaded = await self._connection.scalar(staged) or 0
        count.rejected = await rejected_rows(self._connection, layout)

    async def _changed(self, layout: Layout, fields: tuple[str, ...]) -> int:
        if layout is MEMBERS:
            return await merge_members(self._connection, fields, self._cut_off, self._started_at)
        if layout is MOVEMENTS:
            return await merge_movements(self._connection, fields)
        if layout is WITHHOLDINGS:
            return await merge_withholdings(self._connection, fields, self._cut_off)
        if layout is YEAR_ENDS:
            return await merge_year_ends(self._connection, fields)
        return await merge_products(self._connection, layout, fields, self._cut_off)

    async def _absent(self, layout: Layout) -> int:
        full = self._options.full and await absences.applies(self._connection, layout)
        if self._options.full and not full:
            await absences.note_not_applied(self._connection, layout)
        if layout is MEMBERS:
            return await absences.note_members(self._connection, full=full)
        return await absences.note_products(self._connection, layout, self._cut_off, full=full)
