"""What time does: drafts and papers run out, late requests are recalled, old data is asked for."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Select, and_, exists, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.clock import BOGOTA
from domain.profile.records import YEAR
from storage.dialect import upsert
from storage.profile.drafts import DraftRepository
from storage.profile.messenger import RequestMessenger
from storage.profile.papers import PaperRepository
from storage.profile.requests import RequestRepository
from storage.schema import (
    credential,
    member,
    profile_confirmation,
    profile_reminder,
    profile_request,
)

REMINDED_AFTER = timedelta(days=1)
ESCALATED_AFTER = timedelta(days=3)
AT_ONCE = 25
# Nobody is reminded at night or at the weekend.
_HOURS = range(8, 18)
_WORKING_DAYS = range(5)


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
        return bool(done + await self._ask_yearly(now))

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

    async def _ask_yearly(self, now: datetime) -> int:
        local = now.astimezone(BOGOTA)
        if local.hour not in _HOURS or local.weekday() not in _WORKING_DAYS:
            return 0
        due = [row.id for row in await self.connection.execute(_with_old_data(now))]
        for member_id in due:
            reminded = upsert(self.connection, profile_reminder).values(
                member_id=member_id, reminded_at=now
            )
            key = [profile_reminder.c.member_id]
            again = reminded.on_conflict_do_update(index_elements=key, set_={"reminded_at": now})
            await self.connection.execute(again)
            await self.messenger.to_member(member_id, "profile_yearly", now)
        return len(due)


def _with_old_data(now: datetime) -> Select[tuple[int]]:
    """Members at a chat whose data nobody confirmed, loaded or asked for within the year."""
    since = now - YEAR
    last = (
        select(func.max(profile_confirmation.c.at))
        .where(profile_confirmation.c.member_id == member.c.id)
        .scalar_subquery()
    )
    asked = exists().where(
        profile_reminder.c.member_id == member.c.id, profile_reminder.c.reminded_at > since
    )
    waiting = exists().where(
        profile_request.c.member_id == member.c.id, profile_request.c.closed_at.is_(None)
    )
    old = or_(and_(last.is_(None), member.c.first_loaded_at <= since), last <= since)
    people = member.join(credential, credential.c.member_id == member.c.id)
    reachable = and_(credential.c.telegram_id.is_not(None), member.c.status == "active")
    found = select(member.c.id).select_from(people).where(reachable, old, ~asked, ~waiting)
    return found.order_by(member.c.id).limit(AT_ONCE)
