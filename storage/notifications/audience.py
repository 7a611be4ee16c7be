"""Segments as SQL: who is in one, in the order of their numbers."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.notifications.segments import Segment
from storage.schema import credential, member, product


class AudienceRepository:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def count(self, segment: Segment, now: datetime) -> int:
        """How many members are in it now."""
        found = select(func.count()).select_from(_members(segment, now).subquery())
        return await self._connection.scalar(found) or 0

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
