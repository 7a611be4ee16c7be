"""What time does: drafts and papers run out, late requests are recalled."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import and_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.profile.drafts import DraftRepository
from storage.profile.messenger import RequestMessenger
from storage.profile.papers import PaperRepository
from storage.profile.requests import RequestRepository
from storage.schema import profile_request

REMINDED_AFTER = timedelta(days=1)
ESCALATED_AFTER = timedelta(days=3)
AT_ONCE = 25


@dataclass(frozen=True, slots=True)
class Upkeep:
    """One round over one connection."""

    connection: AsyncConnection
    drafts: DraftRepository
    papers: PaperRepository
    requests: RequestRepository
    messenger: RequestMessenger

    async def round(self, now: datetime) -> bool:
        """Whether there was anything to do."""
        done = await self._expire_drafts(now) + await self.papers.delete_due(now)
        done += await self._recall(now) + await self._escalate(now)
        return bool(done)

    async def _expire_drafts(self, now: datetime) -> int:
        expired = await self.drafts.expired(now, AT_ONCE)
        for member_id in expired:
            await self.drafts.drop(member_id)
            await self.papers.drop_draft(member_id)
            await self.messenger.to_member(member_id, "profile_draft_expired", now)
        return len(expired)

    async def _recall(self, now: datetime) -> int:
        marked = await self._mark("reminded_at", now - REMINDED_AFTER, now)
        for request_id in marked:
            found = await self.requests.find(request_id)
            if found is not None:
                await self.messenger.late(found, now)
        return len(marked)

    async def _escalate(self, now: datetime) -> int:
        marked = await self._mark("escalated_at", now - ESCALATED_AFTER, now)
        for request_id in marked:
            found = await self.requests.find(request_id)
            if found is not None:
                await self.messenger.very_late(found, now)
        return len(marked)

    async def _mark(self, column: str, since: datetime, now: datetime) -> Sequence[int]:
        """Requests filed before `since` and not yet marked so; each is marked once."""
        table = profile_request.c
        fresh = and_(table.closed_at.is_(None), table[column].is_(None), table.filed_at <= since)
        first = select(table.id).where(fresh).order_by(table.filed_at).limit(AT_ONCE)
        marked = update(profile_request).where(table.id.in_(first), table[column].is_(None))
        rows = await self.connection.scalars(marked.values({column: now}).returning(table.id))
        return sorted(rows)
