"""Drafts of broadcasts: one row for each employee."""

import json
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.broadcasts.draft import Draft
from storage.dialect import upsert
from storage.schema import broadcast_draft as table


class DraftRepository:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def of(self, staff_id: int) -> Draft:
        """The employee's draft; an empty one when there is none."""
        mine = select(table.c.content).where(table.c.staff_id == staff_id)
        content: str | None = await self._connection.scalar(mine)
        return Draft.unpacked(json.loads(content)) if content else Draft()

    async def keep(self, staff_id: int, draft: Draft, at: datetime) -> None:
        """Keep it in the place of the one before."""
        content = json.dumps(dict(draft.packed()), ensure_ascii=False)
        values = {"content": content, "changed_at": at}
        new = upsert(self._connection, table).values(values | {"staff_id": staff_id})
        kept = new.on_conflict_do_update(index_elements=[table.c.staff_id], set_=values)
        await self._connection.execute(kept)

    async def drop(self, staff_id: int) -> None:
        await self._connection.execute(delete(table).where(table.c.staff_id == staff_id))
