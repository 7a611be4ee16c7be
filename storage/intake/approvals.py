"""Approved changes that the core system has not taken yet: a load does not undo them."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, Text, and_, cast, delete, literal, null, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.intake.findings import Level, Reason
from storage.intake.layouts import MEMBERS
from storage.intake.rejecting import header_of, position, recorded
from storage.schema import member, profile_hold

_stage = MEMBERS.stage


async def uphold(connection: AsyncConnection, fields: Sequence[str]) -> None:
    """Keep approved values that the file still has as they were before; report each.

    An empty cell undoes nothing either. A file that brings the approved value, or a third one,
    ends the hold; the third is taken.
    """
    held = select(profile_hold.c.column).distinct()
    for column in sorted(set(await connection.scalars(held)) & set(fields)):
        await _uphold(connection, column)


async def _uphold(connection: AsyncConnection, column: str) -> None:
    staged = _stage.c[column]
    older = or_(staged.is_not_distinct_from(profile_hold.c.previous), staged.is_(None))
    same = staged.is_not_distinct_from(profile_hold.c.approved)
    other = and_(~older, ~same)
    await connection.execute(recorded(_found(column, older & ~same, Reason.OLDER_THAN_APPROVAL)))
    await connection.execute(recorded(_found(column, other, Reason.OTHER_THAN_APPROVAL)))
    settled = select(profile_hold.c.member_id).select_from(_rows(column)).where(same | other)
    ended = and_(profile_hold.c.column == column, profile_hold.c.member_id.in_(settled))
    await connection.execute(delete(profile_hold).where(ended))
    approved = _of_the_row(column)
    kept = update(_stage).where(approved.is_not(None)).values({column: approved})
    await connection.execute(kept)


def _rows(column: str) -> Any:
    of_column = and_(profile_hold.c.member_id == member.c.id, profile_hold.c.column == column)
    return _stage.join(member, member.c.number == _stage.c.number).join(profile_hold, of_column)


def _found(column: str, wanted: Any, reason: Reason) -> Select[tuple[object, ...]]:
    return (
        select(
            literal(Level.WARNING.value, Text),
            literal(position(MEMBERS)),
            _stage.c.line,
            literal(header_of(MEMBERS, column), Text),
            literal(reason.value, Text),
            null(),
            cast(_stage.c.number, Text),
        )
        .select_from(_rows(column))
        .where(wanted)
    )


def _of_the_row(column: str) -> Any:
    """The approved value of the staged row's member; holds that ended are gone by now."""
    of_column = and_(profile_hold.c.member_id == member.c.id, profile_hold.c.column == column)
    rows = member.join(profile_hold, of_column)
    own = (
        select(profile_hold.c.approved).select_from(rows).where(member.c.number == _stage.c.number)
    )
    return own.correlate(_stage).scalar_subquery()
