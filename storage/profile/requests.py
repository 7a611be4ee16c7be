"""Requests and their sections; every decision is one conditional statement."""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, and_, exists, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.clock import local_date
from domain.profile.changes import Change
from domain.profile.requests import (
    NewRequest,
    Question,
    Request,
    Requested,
    SectionTaken,
    State,
    Verdict,
)
from domain.profile.sections import SECTIONS
from storage.dialect import upsert
from storage.profile.counters import next_number
from storage.profile.forms import change_of, packed
from storage.schema import profile_question, profile_request, profile_section, staff

_PENDING = profile_section.c.state == State.PENDING.value
_IN_ORDER = list(SECTIONS)
_REQUEST = select(profile_request, staff.c.name.label("claimer")).select_from(
    profile_request.outerjoin(staff, staff.c.id == profile_request.c.claimed_by)
)
_SECTION = select(profile_section, staff.c.name.label("decider")).select_from(
    profile_section.outerjoin(staff, staff.c.id == profile_section.c.decided_by)
)


class RequestRepository:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def file(self, new: NewRequest) -> Request:
        """Keep it under the next number; SectionTaken leaves nothing behind."""
        async with self._connection.begin_nested():
            request_id = await self._begin(new)
            for change in new.changes:
                await self._add(request_id, new.member_id, change)
        found = await self.find(request_id)
        if found is None:
            raise LookupError(f"no request {request_id}")
        return found

    async def find(self, request_id: int) -> Request | None:
        mine = _REQUEST.where(profile_request.c.id == request_id)
        row = (await self._connection.execute(mine)).first()
        return await self._request(row) if row else None

    async def of_member(self, member_id: int, most: int) -> Sequence[Request]:
        """The member's requests, newest first."""
        mine = _REQUEST.where(profile_request.c.member_id == member_id)
        newest = mine.order_by(profile_request.c.id.desc()).limit(most)
        rows = (await self._connection.execute(newest)).all()
        return [await self._request(row) for row in rows]

    async def open_sections(self, member_id: int) -> frozenset[str]:
        """What waits for a decision."""
        mine = select(profile_section.c.section).where(
            profile_section.c.member_id == member_id, _PENDING
        )
        return frozenset(await self._connection.scalars(mine))

    async def decide(
        self, request_id: int, sections: Sequence[str], verdict: Verdict
    ) -> tuple[Requested, ...]:
        """Decide what is still pending of them, in one statement; only what was decided now."""
        await self._lock(request_id)
        wanted = and_(_of(request_id), profile_section.c.section.in_(sections), _PENDING)
        values = {
            "state": verdict.state.value,
            "reason": verdict.reason,
            "decided_by": verdict.staff_id,
            "decided_at": verdict.at,
        }
        decided = update(profile_section).where(wanted).values(values)
        rows = (await self._connection.execute(decided.returning(profile_section))).all()
        return tuple(_requested(row, None) for row in sorted(rows, key=_position))

    async def withdraw(self, request_id: int, member_id: int, at: datetime) -> bool:
        """Take back what is pending of the member's own request; False when nothing is."""
        await self._lock(request_id)
        mine = and_(_of(request_id), profile_section.c.member_id == member_id, _PENDING)
        values = {"state": State.WITHDRAWN.value, "decided_at": at}
        taken_back = update(profile_section).where(mine).values(values)
        return bool((await self._connection.execute(taken_back)).rowcount)

    async def close_if_done(self, request_id: int, at: datetime) -> bool:
        """Close it when nothing is pending; True when it was closed now."""
        waiting = exists().where(_of(request_id), _PENDING)
        own = and_(profile_request.c.id == request_id, profile_request.c.closed_at.is_(None))
        values = {"closed_at": at, "claimed_by": None, "claimed_until": None}
        closed = update(profile_request).where(own, ~waiting).values(values)
        return bool((await self._connection.execute(closed)).rowcount)

    async def _begin(self, new: NewRequest) -> int:
        year = local_date(new.at).year
        number = await next_number(self._connection, f"request:{year}")
        values = {
            "number": f"ACT-{year}-{number:06}",
            "member_id": new.member_id,
            "chat_id": new.chat_id,
            "filed_at": new.at,
            "declarations": json.dumps(new.declarations),
        }
        filed = insert(profile_request).values(values).returning(profile_request.c.id)
        request_id: int | None = await self._connection.scalar(filed)
        return request_id or 0

    async def _add(self, request_id: int, member_id: int, change: Change) -> None:
        values = {
            "request_id": request_id,
            "section": change.section,
            "member_id": member_id,
            "state": State.PENDING.value,
            "before": packed(change.before),
            "after": packed(change.after),
            "risky": change.risky,
        }
        added = upsert(self._connection, profile_section).values(values).on_conflict_do_nothing()
        if not (await self._connection.execute(added)).rowcount:
            raise SectionTaken(change.section)

    async def _lock(self, request_id: int) -> None:
        """Decisions about one request take turns, so that the last one closes it."""
        mine = select(profile_request.c.id).where(profile_request.c.id == request_id)
        await self._connection.execute(mine.with_for_update())

    async def _request(self, row: Row[Any]) -> Request:
        parts = await self._connection.execute(_SECTION.where(_of(row.id)))
        asked = profile_question.c.request_id == row.id
        questions = await self._connection.execute(
            select(profile_question).where(asked).order_by(profile_question.c.id)
        )
        return Request(
            id=row.id,
            number=row.number,
            member_id=row.member_id,
            chat_id=row.chat_id,
            filed_at=row.filed_at,
            sections=tuple(_requested(p, p.decider) for p in sorted(parts, key=_position)),
            questions=tuple(_question(q) for q in questions),
            claimed_by=row.claimed_by,
            claimer=row.claimer,
            claimed_until=row.claimed_until,
        )


def _of(request_id: int) -> Any:
    return profile_section.c.request_id == request_id


def _position(row: Row[Any]) -> int:
    return _IN_ORDER.index(row.section)


def _requested(row: Row[Any], decider: str | None) -> Requested:
    change = change_of(row.section, row.before, row.after)
    return Requested(change, State(row.state), row.reason, decider, row.decided_at)


def _question(row: Row[Any]) -> Question:
    return Question(row.id, row.asked_by, row.question, row.asked_at, row.answer)
