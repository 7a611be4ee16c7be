"""Segments as SQL: who is in one, and by which way they are reached."""

from collections import Counter
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.broadcasts.audience import Reach
from domain.notifications.categories import Category
from domain.notifications.preferences import UNDECIDED
from domain.notifications.segments import Segment
from domain.notifications.sending import Channel, Situation, way_to
from storage.notifications.facts import withdrawn
from storage.notifications.preferences import preferences
from storage.schema import closed_chat, credential, member, product
from storage.schema import notification_preference as preference

_WAYS: Mapping[Channel | None, str] = {Channel.TELEGRAM: "chat", Channel.MAIL: "mail"}


class AudienceRepository:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def count(self, segment: Segment, now: datetime) -> int:
        """How many members are in it now."""
        found = select(func.count()).select_from(_members(segment, now).subquery())
        return await self._connection.scalar(found) or 0

    async def reach(self, segment: Segment, category: Category, now: datetime) -> Reach:
        """The same, by the way that a notification of that category would take."""
        counts: Counter[str] = Counter()
        for row in await self._connection.execute(_by_situation(segment, now)):
            counts[_way(row, category)] += row.members
        return Reach(**counts)

    async def next(
        self, segment: Segment, now: datetime, after: int, limit: int
    ) -> list[tuple[int, str]]:
        """The keys and numbers of the next members, by their keys from `after` on."""
        query = _members(segment, now).where(member.c.id > after)
        rows = await self._connection.execute(query.order_by(member.c.id).limit(limit))
        return [(row.id, row.number) for row in rows]

    async def municipalities(self) -> list[str]:
        """Where members live, as the core system writes it."""
        query = select(member.c.municipality).where(member.c.municipality.is_not(None)).distinct()
        return list(await self._connection.scalars(query))


def _by_situation(segment: Segment, now: datetime) -> Select[Any]:
    """How many members share what decides about the way of a notification."""
    standing = credential.c.locked_at.is_(None) & ~withdrawn()
    chat = and_(credential.c.telegram_id.is_not(None), standing, closed_chat.c.chat_id.is_(None))
    columns = (
        case((chat, 1), else_=0).label("has_chat"),
        case((member.c.email.is_not(None), 1), else_=0).label("has_mail"),
        preference.c.choices,
        preference.c.hours,
        preference.c.sound,
    )
    joined = (
        member.outerjoin(credential, credential.c.member_id == member.c.id)
        .outerjoin(closed_chat, closed_chat.c.chat_id == credential.c.telegram_id)
        .outerjoin(preference, preference.c.member_id == member.c.id)
    )
    active = (member.c.status == "active", *_filters(segment, now))
    alike = select(*columns).select_from(joined).where(*active).subquery()
    return select(alike, func.count().label("members")).group_by(*alike.c)


def _way(row: Any, category: Category) -> str:
    chosen = preferences(row) if row.choices is not None else UNDECIDED
    if not chosen.wants(category):
        return "refused"
    mail = "" if row.has_mail else None
    way = way_to(category, Situation(chosen, 1 if row.has_chat else None, False, mail))
    return _WAYS.get(way, "unreachable")


def _members(segment: Segment, now: datetime) -> Select[Any]:
    joined = member.outerjoin(credential, credential.c.member_id == member.c.id)
    query = select(member.c.id, member.c.number).select_from(joined)
    return query.where(member.c.status == "active", *_filters(segment, now))


def _filters(segment: Segment, now: datetime) -> list[ColumnElement[bool]]:
    filters: list[ColumnElement[bool]] = []
    if segment.products:
        filters.append(_holds(product.c.kind.in_(segment.products)))
    if segment.past_due:
        late = product.c.days_past_due.between(*segment.past_due)
        filters.append(_holds(and_(product.c.kind == "credit", late)))
        later = product.c.days_past_due > segment.past_due[1]
        filters.append(~_holds(and_(product.c.kind == "credit", later)))
    if segment.municipalities:
        filters.append(member.c.municipality.in_(segment.municipalities))
    if segment.entered_within is not None:
        since = now - timedelta(days=segment.entered_within)
        filters.append(credential.c.last_entry_at >= since)
    if segment.away_for is not None:
        since = now - timedelta(days=segment.away_for)
        entry = credential.c.last_entry_at
        filters.append(or_(entry.is_(None), entry < since))
    return filters


def _holds(condition: ColumnElement[bool]) -> ColumnElement[bool]:
    """Whether the member has such a product, not closed."""
    own = and_(product.c.member_id == member.c.id, product.c.closed_on.is_(None), condition)
    return select(product.c.id).where(own).exists()
