"""Members: their documents stay unique, their credentials stay theirs."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import (
    Date,
    Select,
    Text,
    and_,
    cast,
    exists,
    insert,
    literal,
    or_,
    select,
    true,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.intake.approvals import uphold
from storage.intake.findings import Reason
from storage.intake.layouts import MEMBERS
from storage.intake.merging import merge, reject, sources
from storage.intake.rejecting import rejecting
from storage.schema import credential, member
from storage.types import Instant

_stage = MEMBERS.stage
_same_member = member.c.number == _stage.c.number
_other_document = or_(
    member.c.document_type != _stage.c.document_type,
    member.c.document_number != _stage.c.document_number,
)


async def merge_members(
    connection: AsyncConnection, fields: Sequence[str], cut_off: date, now: datetime
) -> int:
    """Load the staged members; how many rows were new or changed."""
    while await reject(connection, MEMBERS, _document_taken()):
        pass
    await _free_documents(connection)
    await uphold(connection, fields)
    taken = sources(member, _stage, fields) | {
        "as_of": literal(cut_off, Date),
        "first_loaded_at": literal(now, Instant),
    }
    rows = select(*taken.values()).select_from(_stage).where(true()).order_by(_stage.c.line)
    changed = await merge(connection, member, ["number"], taken, rows, kept=["first_loaded_at"])
    await _add_credentials(connection)
    return changed


def _document_taken() -> Select[tuple[object, ...]]:
    holder, moving = member.alias("holder"), _stage.alias("moving")
    # A holder who gets another document in this same load frees the old one.
    stays = ~exists().where(moving.c.number == holder.c.number)
    same = and_(
        holder.c.document_number == _stage.c.document_number,
        holder.c.document_type == _stage.c.document_type,
        holder.c.number != _stage.c.number,
    )
    rows = _stage.join(holder, same)
    return rejecting(MEMBERS, rows, "document_number", Reason.DOCUMENT_TAKEN).where(stays)


async def _free_documents(connection: AsyncConnection) -> None:
    """Give members whose document changes a stand-in, so that documents can be exchanged."""
    changing = select(member.c.id).join(_stage, and_(_same_member, _other_document))
    await connection.execute(
        update(member)
        .where(member.c.id.in_(changing))
        .values(document_number=literal("~") + cast(member.c.id, Text))
    )


async def _add_credentials(connection: AsyncConnection) -> None:
    without = (
        select(member.c.id)
        .outerjoin(credential, credential.c.member_id == member.c.id)
        .where(credential.c.member_id.is_(None))
    )
    await connection.execute(insert(credential).from_select(["member_id"], without))
