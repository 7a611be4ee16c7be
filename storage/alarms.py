"""Alarms: a row each, told once by whichever replica comes first."""

import json
from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import insert, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.alarms import WINDOW, AlarmKind
from storage.access.allowances import AllowanceRepository
from storage.schema import alarm as table


class AlarmRepository:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def raise_alarm(
        self, kind: AlarmKind, params: Mapping[str, int | None], at: datetime
    ) -> None:
        """Have employees told once this unit of work has committed; one of a kind per window."""
        allowances = AllowanceRepository(self._connection)
        if await allowances.take(f"alarm:{kind}", 1, WINDOW, at) is None:
            return
        row = {"kind": kind.value, "params": json.dumps(dict(params)), "raised_at": at}
        await self._connection.execute(insert(table).values(row))

    async def take_untold(self, at: datetime) -> list[tuple[str, dict[str, int | None]]]:
        """Kind and params of the alarms that nobody has told yet; they count as told from now."""
        untold = update(table).where(table.c.told_at.is_(None)).values(told_at=at)
        rows = await self._connection.execute(untold.returning(table.c.kind, table.c.params))
        return [(row.kind, json.loads(row.params)) for row in rows]
