"""What was changed here and the core system does not have yet: a late load does not undo it.

Until a load brings the new value once, the values of before, and an empty cell, are not believed:
the new one stays, and the report says so. Any other value is the core system's to give.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    Table,
    Text,
    cast,
    delete,
    literal,
    null,
    or_,
    select,
    true,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.intake.findings import Level, Reason
from storage.intake.layouts import MEMBERS
from storage.intake.rejecting import header_of, position, recorded
from storage.schema import member, outdated_value

_stage: Table = MEMBERS.stage
# From the few changes to the many rows.
_CHANGED = outdated_value.join(member, member.c.id == outdated_value.c.member_id).join(
    _stage, _stage.c.number == member.c.number
)


async def uphold(connection: AsyncConnection, fields: Sequence[str]) -> None:
    """Put the changed values in the place of the outdated ones that the file brought."""
    changed = await connection.scalars(select(outdated_value.c.column).distinct())
    for column in sorted(set(changed) & set(fields)):
        older = _lines(column, ~_is_new(column) & _is_outdated(column))
        other = _lines(column, ~_is_new(column)).where(_stage.c.line.not_in(older))
        await connection.execute(recorded(_found(column, older, Reason.OLDER_THAN_APPROVAL)))
        await connection.execute(recorded(_found(column, other, Reason.OTHER_THAN_APPROVAL)))
        await connection.execute(_believed_again(column, older))
        await connection.execute(_kept(column))


def _is_new(column: str) -> ColumnElement[bool]:
    """The file brings what the member has."""
    return _stage.c[column].is_not_distinct_from(member.c[column])


def _is_outdated(column: str) -> ColumnElement[bool]:
    """The file brings an earlier value, or nothing."""
    staged = _stage.c[column]
    return or_(staged.is_(None), staged == outdated_value.c.previous)


def _lines(column: str, wanted: ColumnElement[bool]) -> Select[tuple[int]]:
    """Lines of members whose value of that column was changed here."""
    found = select(_stage.c.line).select_from(_CHANGED)
    return found.where(outdated_value.c.column == column, wanted)


def _found(column: str, lines: Select[tuple[int]], reason: Reason) -> Select[tuple[object, ...]]:
    return select(
        literal(Level.WARNING.value, Text),
        literal(position(MEMBERS)),
        _stage.c.line,
        literal(header_of(MEMBERS, column), Text),
        literal(reason.value, Text),
        null(),
        cast(_stage.c.number, Text),
    ).where(_stage.c.line.in_(lines))


def _believed_again(column: str, older: Select[tuple[int]]) -> Any:
    """Forget what was outdated of members of whom the file brings anything else."""
    caught_up = select(outdated_value.c.member_id).select_from(_CHANGED)
    settled = caught_up.where(outdated_value.c.column == column, _stage.c.line.not_in(older))
    of_column = outdated_value.c.column == column
    return delete(outdated_value).where(of_column, outdated_value.c.member_id.in_(settled))


def _kept(column: str) -> Any:
    """What is still remembered by now is of lines with an outdated value."""
    current = select(member.c[column]).where(member.c.number == _stage.c.number)
    outdated = update(_stage).where(_stage.c.line.in_(_lines(column, true())))
    return outdated.values({column: current.scalar_subquery()})
