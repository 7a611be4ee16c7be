"""Broadcasts: accepted as one row, then made into a notification for each member."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.clock import Clock
from domain.notifications.acceptance import Accept, Accepted, Draft
from domain.notifications.schedule import Timetable
from domain.notifications.segments import Segment
from storage.database import Database
from storage.notifications.audience import AudienceRepository
from storage.notifications.content import Envelopes, SharedMessage
from storage.notifications.ledger import LedgerRepository, SharedLedger
from storage.notifications.recipients import RecipientRepository
from storage.schema import notification_batch as table

AT_ONCE = 300


@dataclass(frozen=True, slots=True)
class Broadcasting:
    database: Database
    clock: Clock
    envelopes: Envelopes
    timetable: Timetable

    async def run_once(self) -> bool:
        """Make the next notifications of the oldest broadcast; whether there was one."""
        now = self.clock.now()
        async with self.database.unit() as connection:
            row = (await connection.execute(_NEXT)).first()
            if row is None:
                return False
            await self._expand(connection, row, now)
        return True

    async def _expand(self, connection: AsyncConnection, row: Row[Any], now: datetime) -> None:
        segment = Segment.unpacked(json.loads(row.segment))
        people = await AudienceRepository(connection).next(
            segment, row.accepted_at, row.position, AT_ONCE
        )
        message = SharedMessage(row.message, row.terms).message()
        drafts = [
            Draft(f"{row.external_id}:{number}", number, message, row.fingerprint)
            for _, number in people
        ]
        ledger = SharedLedger(LedgerRepository(connection, self.envelopes))
        accept = Accept(RecipientRepository(connection), ledger, self.timetable)
        fates = await accept.all(row.client, drafts, now, row.id) if drafts else []
        accepted = sum(isinstance(fate, Accepted) for fate in fates)
        values: dict[str, Any] = {
            "total": table.c.total + accepted,
            "rejected": table.c.rejected + len(fates) - accepted,
        }
        if people:
            values["position"] = people[-1][0]
        if len(people) < AT_ONCE:
            values["state"] = "open"
        mine = update(table).where(table.c.id == row.id, table.c.state == "expanding")
        await connection.execute(mine.values(values))


_NEXT = (
    select(table)
    .where(table.c.state == "expanding")
    .order_by(table.c.ticket)
    .limit(1)
    .with_for_update(skip_locked=True)
)
