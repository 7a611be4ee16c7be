"""Approved values written where they belong: on file, in the core's columns, in the feed."""

from datetime import datetime

from sqlalchemy import insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.profile.applying import OF_THE_CORE, NewValue
from domain.profile.requests import Request
from storage.dialect import upsert
from storage.profile.counters import next_number
from storage.profile.divipola import places
from storage.profile.profiles import MUNICIPALITY, ProfileRepository
from storage.schema import member, profile_hold, profile_update, profile_value


class RecordRepository:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def email_of(self, member_id: int) -> str | None:
        found: str | None = await self._connection.scalar(
            select(member.c.email).where(member.c.id == member_id)
        )
        return found

    async def set(self, request: Request, new: NewValue, at: datetime) -> None:
        """Make it the member's data, and an update for the core system to take."""
        await self._on_file(request, new, at)
        if new.field in OF_THE_CORE:
            await self._of_the_core(request.member_id, new, at)
        values = {
            "position": await next_number(self._connection, "update"),
            "member_id": request.member_id,
            "request_number": request.number,
            "field": new.field,
            "value": new.value,
            "approved_at": at,
        }
        await self._connection.execute(insert(profile_update).values(values))

    async def confirm(self, member_id: int, section: str, at: datetime) -> None:
        await ProfileRepository(self._connection).confirm(member_id, section, at)

    async def _on_file(self, request: Request, new: NewValue, at: datetime) -> None:
        key = [profile_value.c.member_id, profile_value.c.field]
        if new.value is None:
            mine = (key[0] == request.member_id) & (key[1] == new.field)
            await self._connection.execute(profile_value.delete().where(mine))
            return
        changed = {"value": new.value, "since": at, "source": request.number}
        first = upsert(self._connection, profile_value).values(
            changed | {"member_id": request.member_id, "field": new.field}
        )
        again = first.on_conflict_do_update(index_elements=key, set_=changed)
        await self._connection.execute(again)

    async def _of_the_core(self, member_id: int, new: NewValue, at: datetime) -> None:
        """Change the core system's column, and remember what a late load may still bring."""
        column, value = member.c[OF_THE_CORE[new.field]], _as_the_core_writes(new)
        mine = member.c.id == member_id
        previous: str | None = await self._connection.scalar(select(column).where(mine))
        if value is None or previous == value:
            return
        await self._connection.execute(update(member).where(mine).values({column.name: value}))
        held = {"approved": value, "since": at}
        first = upsert(self._connection, profile_hold).values(
            held | {"member_id": member_id, "column": column.name, "previous": previous}
        )
        key = [profile_hold.c.member_id, profile_hold.c.column]
        # Approved twice before a load: the core system still has the value of before the first.
        await self._connection.execute(first.on_conflict_do_update(index_elements=key, set_=held))


def _as_the_core_writes(new: NewValue) -> str | None:
    if new.field != MUNICIPALITY:
        return new.value
    place = places().named(new.value or "")
    return place.municipality if place else None
