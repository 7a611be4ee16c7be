"""Personal data of the core system: what was approved here and not yet taken stays."""

from datetime import datetime
from typing import Any

from sqlalchemy import Text, and_, exists, literal, select, true
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.dialect import upsert
from storage.intake.findings import Reason
from storage.intake.layouts import PROFILES
from storage.intake.merging import reject_strangers
from storage.intake.rejecting import recorded, rejecting, unstaged
from storage.schema import member, profile_update, profile_value
from storage.types import Instant

CORE = "core"
_stage = PROFILES.stage


async def merge_profiles(connection: AsyncConnection, now: datetime) -> int:
    """Load the staged values; how many were new or changed."""
    await reject_strangers(connection, PROFILES)
    await _uphold(connection)
    taken = {
        "member_id": member.c.id,
        "field": _stage.c.field,
        "value": _stage.c.value,
        "since": literal(now, Instant),
        "source": literal(CORE, Text),
    }
    owned = _stage.join(member, member.c.number == _stage.c.member_number)
    rows = select(*taken.values()).select_from(owned).where(true()).order_by(_stage.c.line)
    new = upsert(connection, profile_value).from_select(list(taken), rows)
    changed = {name: new.excluded[name] for name in ("value", "since", "source")}
    key = [profile_value.c.member_id, profile_value.c.field]
    different = profile_value.c.value != new.excluded.value
    done = await connection.execute(
        new.on_conflict_do_update(index_elements=key, set_=changed, where=different)
    )
    return done.rowcount


async def _uphold(connection: AsyncConnection) -> None:
    """Values that an approval changed, and that the core system has not acknowledged, stay."""
    owned = _stage.join(member, member.c.number == _stage.c.member_number)
    late = rejecting(PROFILES, owned, "value", Reason.OLDER_THAN_APPROVAL).where(_waits())
    done = await connection.execute(recorded(late))
    if done.rowcount:
        await connection.execute(unstaged(PROFILES))


def _waits() -> Any:
    """Whether an approved value of that field waits to be taken, and it is another one."""
    update = profile_update.c
    same = and_(update.member_id == member.c.id, update.field == _stage.c.field)
    waiting = exists().where(same, update.taken_at.is_(None))
    on_file = exists().where(
        profile_value.c.member_id == member.c.id,
        profile_value.c.field == _stage.c.field,
        profile_value.c.value == _stage.c.value,
    )
    return and_(waiting, ~on_file)
