"""Where members are reached, once employees changed it: an old file does not undo it.

Until the core system has brought the new value once, the value that was changed is not believed:
the new one stays, and the report says so. Any other value is the core system's to give.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    Table,
    Text,
    cast,
    insert,
    literal,
    null,
    select,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.contact import ContactField
from domain.staff.changes import Outcome
from storage.intake.findings import Level, Reason
from storage.intake.layouts import MEMBERS
from storage.intake.rejecting import FIELDS, header_of, position
from storage.intake.tables import findings
from storage.schema import contact_change as change
from storage.schema import member

_stage: Table = MEMBERS.stage
# From the few changes to the many rows.
_BROUGHT = change.join(member, member.c.id == change.c.member_id).join(
    _stage, _stage.c.number == member.c.number
)


async def keep_changed_contacts(
    connection: AsyncConnection, fields: Sequence[str], now: datetime
) -> None:
    """Put the changed values in the place of the outdated ones that the file brought."""
    for field in ContactField:
        if field.value in fields:
            await _settle(connection, field, now)
            await _report(connection, field)
            await _keep(connection, field)


async def _settle(connection: AsyncConnection, field: ContactField, now: datetime) -> None:
    """The file brings what the member has: it is believed again from now on."""
    agreed = _among(field, change.c.id).where(_stage.c[field.value] == member.c[field.value])
    settled = update(change).where(change.c.id.in_(agreed)).values(settled_at=now)
    await connection.execute(settled)


async def _report(connection: AsyncConnection, field: ContactField) -> None:
    kept = select(
        literal(Level.WARNING.value, Text),
        literal(position(MEMBERS)),
        _stage.c.line,
        literal(header_of(MEMBERS, field.value), Text),
        literal(Reason.CONTACT_KEPT.value, Text),
        null(),
        cast(_stage.c.number, Text),
    ).where(_stage.c.line.in_(_outdated(field)))
    await connection.execute(insert(findings).from_select(FIELDS, kept))


async def _keep(connection: AsyncConnection, field: ContactField) -> None:
    current = select(member.c[field.value]).where(member.c.number == _stage.c.number)
    outdated = update(_stage).where(_stage.c.line.in_(_outdated(field)))
    await connection.execute(outdated.values({field.value: current.scalar_subquery()}))


def _outdated(field: ContactField) -> Select[Any]:
    """Lines that bring a value which was changed since."""
    was = change.c.old_value.is_not_distinct_from(_stage.c[field.value])
    return _among(field, _stage.c.line).where(was)


def _among(field: ContactField, wanted: ColumnElement[Any]) -> Select[Any]:
    """Of the changes of that field which the core system has not brought yet."""
    applied = change.c.outcome == Outcome.APPLIED.value
    found = select(wanted).select_from(_BROUGHT)
    return found.where(change.c.field == field.value, applied, change.c.settled_at.is_(None))
