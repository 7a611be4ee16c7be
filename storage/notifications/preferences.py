"""What members chose to be told."""

import json
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.notifications.categories import Category
from domain.notifications.hours import DayPart
from domain.notifications.preferences import UNDECIDED, Preferences
from storage.dialect import upsert
from storage.schema import notification_preference as table


class PreferenceRepository:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def of(self, member_id: int) -> Preferences:
        mine = select(table).where(table.c.member_id == member_id)
        row = (await self._connection.execute(mine)).first()
        return preferences(row) if row else UNDECIDED

    async def keep(self, member_id: int, chosen: Preferences, at: datetime) -> None:
        values = {
            "choices": json.dumps({key.value: wanted for key, wanted in chosen.choices.items()}),
            "hours": chosen.hours.value,
            "sound": chosen.sound,
            "changed_at": at,
        }
        kept = upsert(self._connection, table).values(member_id=member_id, **values)
        await self._connection.execute(
            kept.on_conflict_do_update(index_elements=[table.c.member_id], set_=values)
        )


def preferences(row: Any) -> Preferences:
    """The preferences of a row with those columns."""
    choices = {Category(key): bool(wanted) for key, wanted in json.loads(row.choices).items()}
    return Preferences(choices, DayPart(row.hours), bool(row.sound))
