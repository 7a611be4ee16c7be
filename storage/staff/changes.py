"""Changes of a member's e-mail or mobile; every decision is one conditional statement."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.access.journal import Action, Result
from domain.contact import ContactField
from domain.members import Document, DocumentType
from domain.profile.applying import NewValue
from domain.staff.changes import HOLD, REQUEST_LIFE, ContactChange, NewChange, Outcome, subject_of
from storage.audit import aside
from storage.audit.aside import Entry
from storage.dialect import upsert
from storage.outdated import replace_value
from storage.profile.records import RecordRepository
from storage.schema import contact_change as table
from storage.schema import credential, member, staff

_OPEN = table.c.closed_at.is_(None)
_REQUESTER, _CONFIRMER, _CLOSER = (staff.alias(name) for name in ("asks", "confirms", "closes"))
_JOINED = (
    select(
        table,
        member.c.first_names,
        member.c.surnames,
        member.c.document_type,
        member.c.document_number,
        credential.c.telegram_id,
        _REQUESTER.c.name.label("requester"),
        _CONFIRMER.c.name.label("confirmer"),
        _CLOSER.c.name.label("closer"),
    )
    .select_from(
        table.join(member, member.c.id == table.c.member_id)
        .outerjoin(_REQUESTER, _REQUESTER.c.id == table.c.requested_by)
        .outerjoin(_CONFIRMER, _CONFIRMER.c.id == table.c.confirmed_by)
        .outerjoin(_CLOSER, _CLOSER.c.id == table.c.closed_by)
        .outerjoin(credential, credential.c.member_id == table.c.member_id)
    )
    .order_by(table.c.confirmed_at.is_not(None), table.c.id)
)


class ChangeRepository:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def current(self, member_id: int, field: ContactField) -> str | None:
        """What the member has now; LookupError without such a member."""
        found = select(member.c[field.value]).where(member.c.id == member_id)
        row = (await self._connection.execute(found)).first()
        if row is None:
            raise LookupError(f"no member {member_id}")
        value: str | None = row[0]
        return value

    async def ask(self, change: NewChange) -> int | None:
        """Keep it; its number, None when another change of the same is under way."""
        values = {
            "member_id": change.member_id,
            "field": change.field.value,
            "old_value": await self.current(change.member_id, change.field),
            "new_value": change.value,
            "reason": change.reason,
            "requested_by": change.by,
            "requested_from": change.account,
            "requested_at": change.at,
        }
        new = upsert(self._connection, table).values(values).on_conflict_do_nothing()
        found: int | None = await self._connection.scalar(new.returning(table.c.id))
        return found

    async def one(self, change_id: int) -> ContactChange | None:
        row = (await self._connection.execute(_JOINED.where(table.c.id == change_id))).first()
        return _change(row) if row else None

    async def open_fields(self, member_id: int) -> frozenset[ContactField]:
        """What of the member's is being changed."""
        mine = select(table.c.field).where(_OPEN, table.c.member_id == member_id)
        return frozenset(map(ContactField, await self._connection.scalars(mine)))

    async def under_way(self, skip: int, limit: int) -> Sequence[ContactChange]:
        """Changes that are not closed, those to be confirmed first, the oldest first."""
        rows = await self._connection.execute(_JOINED.where(_OPEN).offset(skip).limit(limit))
        return [_change(row) for row in rows]

    async def confirm(self, change_id: int, by: int, account: int, at: datetime) -> bool:
        """Confirm it, to serve after the hold; False when it was decided or is too old."""
        waiting = and_(table.c.confirmed_at.is_(None), table.c.requested_at > at - REQUEST_LIFE)
        confirmed = {
            "confirmed_by": by,
            "confirmed_from": account,
            "confirmed_at": at,
            "serves_at": at + HOLD,
        }
        return await self._changed(and_(table.c.id == change_id, waiting), confirmed)

    async def close(
        self, change_id: int, outcome: Outcome, by: int | None, at: datetime, *, held: bool
    ) -> bool:
        """End it, if it still is as `held` says; False when it was decided meanwhile."""
        confirmed = table.c.confirmed_at
        as_said = confirmed.is_not(None) if held else confirmed.is_(None)
        closed = {"outcome": outcome.value, "closed_by": by, "closed_at": at}
        return await self._changed(and_(table.c.id == change_id, as_said), closed)

    async def lapse(self, before: datetime, at: datetime) -> Sequence[int]:
        """End those that were asked for before that instant and that nobody confirmed."""
        old = and_(table.c.confirmed_at.is_(None), table.c.requested_at <= before)
        return [row.id for row in await self._closed(old, Outcome.LAPSED, at)]

    async def due(self, at: datetime) -> Sequence[int]:
        """Confirmed changes whose time has come, closed as applied; or overtaken."""
        due = await self._closed(table.c.serves_at <= at, Outcome.APPLIED, at)
        for row in due:
            if not await self._apply(row):
                overtaken = update(table).where(table.c.id == row.id)
                await self._connection.execute(overtaken.values(outcome=Outcome.OVERTAKEN.value))
        return [row.id for row in due]

    async def _apply(self, row: Row[Any]) -> bool:
        """Give the member the new value, and the core system too, unless the old one changed."""
        change, at = (row.old_value, row.new_value), row.closed_at
        if not await replace_value(self._connection, row.member_id, row.field, change, at):
            return False
        number = f"CAM-{row.id:06}" if row.requested_by else row.reason
        new = NewValue(f"personal.{row.field}", row.new_value)
        await RecordRepository(self._connection).announce(row.member_id, number, new, at)
        action, result = Action.CHANGE_APPLIED.value, Result.DONE.value
        about = subject_of(row.id)
        entry = Entry(row.closed_at, action, result, member_id=row.member_id, object=about)
        aside.put(self._connection, entry)
        return True

    async def _closed(
        self, which: ColumnElement[bool], outcome: Outcome, at: datetime
    ) -> Sequence[Row[Any]]:
        closed = {"outcome": outcome.value, "closed_at": at}
        taken = update(table).where(_OPEN, which).values(closed).returning(table)
        return list(await self._connection.execute(taken))

    async def _changed(self, which: ColumnElement[bool], values: dict[str, Any]) -> bool:
        changed = update(table).where(_OPEN, which).values(values)
        return bool((await self._connection.execute(changed)).rowcount)


def _change(row: Row[Any]) -> ContactChange:
    return ContactChange(
        id=row.id,
        member_id=row.member_id,
        surnames=row.surnames,
        first_names=row.first_names,
        document=Document(DocumentType(row.document_type), row.document_number),
        bound_chat=row.telegram_id,
        field=ContactField(row.field),
        old_value=row.old_value,
        new_value=row.new_value,
        reason=row.reason,
        requested_by=row.requested_by,
        requester=row.requester,
        requested_from=row.requested_from,
        requested_at=row.requested_at,
        confirmer=row.confirmer,
        confirmed_at=row.confirmed_at,
        serves_at=row.serves_at,
        closed_at=row.closed_at,
        closer=row.closer,
        outcome=Outcome(row.outcome) if row.outcome else None,
    )
