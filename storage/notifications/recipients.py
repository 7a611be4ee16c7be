"""Whom notifications are for: members by number or document, their hours and days taken."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.clock import local_date
from domain.members import Document, DocumentType
from domain.notifications.acceptance import Addressee, Recipient
from domain.notifications.categories import CONDUCT
from domain.notifications.hours import DayPart
from domain.notifications.outcomes import PENDING
from storage.schema import contact_day, member, notification, notification_preference

_CONTACTS = [category.value for category, conduct in CONDUCT.items() if conduct.contact]


class RecipientRepository:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def find(self, to: Sequence[Addressee], since: datetime) -> Mapping[Addressee, Recipient]:
        """Those who exist, with the days taken from that instant on."""
        rows = [row for each in named(*to) for row in await self._members(each)]
        taken = await self._taken([row.id for row in rows], local_date(since))
        found: dict[Addressee, Recipient] = {}
        for row in rows:
            hours = DayPart(row.hours or DayPart.ANY)
            who = Recipient(row.id, hours, taken.get(row.id, frozenset()))
            found[row.number] = who
            found[Document(DocumentType(row.document_type), row.document_number)] = who
        return {key: found[key] for key in to if key in found}

    async def _members(self, condition: ColumnElement[bool]) -> Sequence[Any]:
        columns = (member.c.id, member.c.number, member.c.document_type, member.c.document_number)
        joined = member.outerjoin(
            notification_preference, notification_preference.c.member_id == member.c.id
        )
        query = select(*columns, notification_preference.c.hours).select_from(joined)
        return (await self._connection.execute(query.where(condition))).all()

    async def _taken(self, member_ids: Sequence[int], since: date) -> dict[int, frozenset[date]]:
        """Days of contacts that were made, and of those that wait for their day."""
        if not member_ids:
            return {}
        made = select(contact_day.c.member_id, contact_day.c.day).where(
            contact_day.c.member_id.in_(member_ids), contact_day.c.day >= since
        )
        waiting = select(notification.c.member_id, notification.c.not_before).where(
            notification.c.member_id.in_(member_ids),
            notification.c.state.in_(PENDING),
            notification.c.category.in_(_CONTACTS),
        )
        days: dict[int, set[date]] = {}
        for row in await self._connection.execute(made):
            days.setdefault(row.member_id, set()).add(row.day)
        for row in await self._connection.execute(waiting):
            days.setdefault(row.member_id, set()).add(local_date(row.not_before))
        return {member_id: frozenset(each) for member_id, each in days.items()}


def named(*to: Addressee) -> list[ColumnElement[bool]]:
    """One statement for all numbers, one for all documents."""
    numbers = [key for key in to if isinstance(key, str)]
    documents = [key for key in to if isinstance(key, Document)]
    conditions: list[ColumnElement[bool]] = [member.c.number.in_(numbers)] if numbers else []
    if documents:
        each = (
            and_(member.c.document_number == d.number, member.c.document_type == d.kind.value)
            for d in documents
        )
        conditions.append(or_(*each))
    return conditions
