"""Drafts: one row for each member."""

import json
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.profile.draft import LIFE, Draft
from storage.dialect import upsert
from storage.schema import profile_draft as table


class DraftRepository:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def of(self, member_id: int) -> Draft:
        """The member's draft; an empty one when there is none."""
        mine = select(table).where(table.c.member_id == member_id)
        row = (await self._connection.execute(mine)).first()
        return _draft(row.content, row.started_at) if row else Draft()

    async def keep(self, member_id: int, draft: Draft, at: datetime) -> None:
        """Keep it in the place of the one before; an empty one is removed."""
        if draft.is_empty:
            await self.drop(member_id)
            return
        changed = {"content": _content(draft), "expires_at": at + LIFE}
        first = upsert(self._connection, table).values(
            changed | {"member_id": member_id, "started_at": draft.started_at or at}
        )
        kept = first.on_conflict_do_update(index_elements=[table.c.member_id], set_=changed)
        await self._connection.execute(kept)

    async def drop(self, member_id: int) -> None:
        await self._connection.execute(delete(table).where(table.c.member_id == member_id))

    async def expired(self, now: datetime, most: int) -> list[int]:
        """Members whose drafts have run out."""
        found = select(table.c.member_id).where(table.c.expires_at <= now).limit(most)
        return list(await self._connection.scalars(found))


def _content(draft: Draft) -> str:
    entries = {name: [dict(e) for e in every] for name, every in draft.entries.items()}
    content = {"entries": entries, "same": sorted(draft.same), "proven": dict(draft.proven)}
    return json.dumps(content, ensure_ascii=False)


def _draft(content: str, started_at: datetime) -> Draft:
    loaded = json.loads(content)
    entries = {name: tuple(every) for name, every in loaded["entries"].items()}
    return Draft(entries, frozenset(loaded["same"]), loaded["proven"], started_at)
