"""The verifiers' desk: the queue, claims, questions and answers."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, and_, exists, func, insert, or_, select, true, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.conversation import Visit
from domain.profile.requests import State
from domain.profile.sections import SECTIONS
from domain.profile.verifying import InQueue, Queue
from domain.profile.weeks import Week
from domain.staff.people import Employee
from storage.profile.naming import masked_name
from storage.profile.weeks import weeks
from storage.schema import member, profile_question, profile_request, profile_section, staff
from storage.staff.acts import ActRepository

_OPEN = profile_request.c.closed_at.is_(None)
_PENDING = profile_section.c.state == State.PENDING.value
_FREE = or_(
    profile_request.c.claimed_by.is_(None),
    profile_request.c.claimed_until.is_(None),
)


class DeskRepository:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def queue(self, now: datetime, section: str, page: int, size: int) -> Queue:
        """What is pending, the oldest first; `section`: only those with it, all when empty."""
        wanted = _with_section(section) if section else true()
        counted = select(func.count(), func.min(profile_request.c.filed_at)).where(_OPEN, wanted)
        total, oldest = (await self._connection.execute(counted)).one()
        rows = (await self._connection.execute(_page(wanted, page, size))).all()
        parts = await self._parts([row.id for row in rows])
        shown = tuple(_in_queue(row, parts.get(row.id, {}), now) for row in rows)
        return Queue(shown, total, await self._counts(), now - oldest if oldest else None)

    async def is_own(self, employee: Employee, telegram_id: int, member_id: int) -> bool:
        """Whether that member is the employee, or was ever at a Telegram account of theirs."""
        return await ActRepository(self._connection).is_own(employee, telegram_id, member_id)

    async def claim(self, request_id: int, staff_id: int, now: datetime, until: datetime) -> bool:
        """Take it for oneself until then; False while it is another's, or one's own already."""
        over = or_(_FREE, profile_request.c.claimed_until <= now)
        free = and_(profile_request.c.id == request_id, _OPEN, over)
        values = {"claimed_by": staff_id, "claimed_until": until}
        taken = update(profile_request).where(free).values(values)
        return bool((await self._connection.execute(taken)).rowcount)

    async def release(self, request_id: int, staff_id: int) -> None:
        own = and_(profile_request.c.id == request_id, profile_request.c.claimed_by == staff_id)
        values = {"claimed_by": None, "claimed_until": None}
        await self._connection.execute(update(profile_request).where(own).values(values))

    async def ask(self, request_id: int, staff_id: int, text: str, at: datetime) -> bool:
        """Keep a question; False while another waits for its answer, or all is decided."""
        one = and_(profile_request.c.id == request_id, _OPEN)
        await self._connection.execute(select(profile_request.c.id).where(one).with_for_update())
        waiting = exists().where(
            profile_question.c.request_id == request_id, profile_question.c.answer.is_(None)
        )
        still = select(profile_request.c.id).where(one, ~waiting)
        if (await self._connection.execute(still)).first() is None:
            return False
        values = {"request_id": request_id, "asked_by": staff_id, "question": text, "asked_at": at}
        await self._connection.execute(insert(profile_question).values(values))
        return True

    async def answer(self, question_id: int, member_id: int, text: str, visit: Visit) -> bool:
        """Keep the answer to an unanswered question of the member's own request."""
        own = select(profile_request.c.id).where(profile_request.c.member_id == member_id)
        open_one = and_(
            profile_question.c.id == question_id,
            profile_question.c.answer.is_(None),
            profile_question.c.request_id.in_(own),
        )
        values = {"answer": text, "answered_at": visit.now}
        answered = update(profile_question).where(open_one).values(values)
        return bool((await self._connection.execute(answered)).rowcount)

    async def name_of(self, member_id: int) -> str:
        """The member's whole name."""
        found = select(member.c.first_names, member.c.surnames).where(member.c.id == member_id)
        row = (await self._connection.execute(found)).one()
        return f"{row.first_names} {row.surnames}".strip()

    async def masked_name(self, member_id: int) -> str:
        """What may be said of the name outside a session."""
        found = select(member.c.first_names, member.c.surnames).where(member.c.id == member_id)
        row = (await self._connection.execute(found)).one()
        return masked_name(row.first_names, row.surnames)

    async def weeks(self, now: datetime) -> Sequence[Week]:
        """The last weeks, the present one first."""
        return await weeks(self._connection, now)

    async def _parts(self, request_ids: list[int]) -> dict[int, dict[str, bool]]:
        """What is pending of each request, and whether it is risky."""
        mine = select(profile_section).where(
            profile_section.c.request_id.in_(request_ids), _PENDING
        )
        found: dict[int, dict[str, bool]] = {}
        for row in await self._connection.execute(mine):
            found.setdefault(row.request_id, {})[row.section] = row.risky
        return found

    async def _counts(self) -> dict[str, int]:
        section, count = profile_section.c.section, func.count().label("waiting")
        grouped = select(section, count).where(_PENDING).group_by(section)
        counts = {row.section: row.waiting for row in await self._connection.execute(grouped)}
        return {name: counts[name] for name in SECTIONS if name in counts}


def _with_section(section: str) -> Any:
    own = profile_section.c.request_id == profile_request.c.id
    return exists().where(own, profile_section.c.section == section, _PENDING)


def _page(wanted: Any, page: int, size: int) -> Any:
    people = profile_request.join(member, member.c.id == profile_request.c.member_id).outerjoin(
        staff, staff.c.id == profile_request.c.claimed_by
    )
    columns = (member.c.first_names, member.c.surnames, staff.c.name.label("claimer"))
    found = select(profile_request, *columns).select_from(people).where(_OPEN, wanted)
    in_order = found.order_by(profile_request.c.filed_at, profile_request.c.id)
    return in_order.limit(size).offset(page * size)


def _in_queue(row: Row[Any], parts: dict[str, bool], now: datetime) -> InQueue:
    live = row.claimed_until is not None and now < row.claimed_until
    return InQueue(
        row.id,
        row.number,
        masked_name(row.first_names, row.surnames),
        tuple(name for name in SECTIONS if name in parts),
        any(parts.values()),
        now - row.filed_at,
        row.claimer if live else None,
    )
