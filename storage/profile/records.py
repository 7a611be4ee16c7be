"""Approved values written where they belong: on file, in the core's columns, in the feed."""

from datetime import datetime

from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.profile.applying import OF_THE_CORE, NewValue
from storage.dialect import upsert
from storage.outdated import replace_value
from storage.profile.counters import next_number
from storage.profile.divipola import places
from storage.profile.profiles import MUNICIPALITY, ProfileRepository
from storage.schema import member, profile_update, profile_value


class RecordRepository:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def set(self, member_id: int, number: str, new: NewValue, at: datetime) -> None:
        """Make it the member's data, and an update for the core system to take."""
        if new.field in OF_THE_CORE:
            await self._of_the_core(member_id, new, at)
        await self.announce(member_id, number, new, at)

    async def announce(self, member_id: int, number: str, new: NewValue, at: datetime) -> None:
        """Keep where it came from, and have the core system take it."""
        await self._on_file(member_id, number, new, at)
        values = {
            "position": await next_number(self._connection, "update"),
            "member_id": member_id,
            "request_number": number,
            "field": new.field,
            "value": new.value,
            "approved_at": at,
        }
        await self._connection.execute(insert(profile_update).values(values))

    async def confirm(self, member_id: int, section: str, at: datetime) -> None:
        await ProfileRepository(self._connection).confirm(member_id, section, at)

    async def _on_file(self, member_id: int, number: str, new: NewValue, at: datetime) -> None:
        key = [profile_value.c.member_id, profile_value.c.field]
        if new.value is None:
            mine = (key[0] == member_id) & (key[1] == new.field)
            await self._connection.execute(profile_value.delete().where(mine))
            return
        changed = {"value": new.value, "since": at, "source": number}
        first = upsert(self._connection, profile_value).values(
            changed | {"member_id": member_id, "field": new.field}
        )
        again = first.on_conflict_do_update(index_elements=key, set_=changed)
        await self._connection.execute(again)

    async def _of_the_core(self, member_id: int, new: NewValue, at: datetime) -> None:
        """Change the core system's column, and remember what a late load may still bring."""
        column, value = member.c[OF_THE_CORE[new.field]], _as_the_core_writes(new)
        mine = member.c.id == member_id
        previous: str | None = await self._connection.scalar(select(column).where(mine))
        if value is not None and previous != value:
            change = (previous, value)
            await replace_value(self._connection, member_id, column.name, change, at)


def _as_the_core_writes(new: NewValue) -> str | None:
    if new.field != MUNICIPALITY:
        return new.value
    place = places().named(new.value or "")
    return place.municipality if place else None
