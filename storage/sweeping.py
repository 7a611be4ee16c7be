"""Removes traces that have served their time; the audit trail stays."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Table, delete, select, tuple_
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.clock import Clock, local_date
from domain.cooperative import Policies
from storage.database import Database
from storage.schema import (
    alarm,
    allowance,
    document_tried,
    entry_attempt,
    failure_minute,
    mail,
    outbox,
)
from storage.types import microseconds

# Counters of days, and a week of failures, are compared with: younger is never old.
LEAST_KEPT = timedelta(days=8)
# Few at a time: members wait no longer for it than for each other.
AT_ONCE = 500
_MINUTE = 60_000_000


@dataclass(frozen=True, slots=True)
class Sweeper:
    database: Database
    policies: Policies
    clock: Clock

    async def sweep(self) -> bool:
        """Remove some of each kind, in a unit of work each; whether there may be more."""
        limit = self.clock.now() - max(self.policies.traces_kept, LEAST_KEPT)
        removed = [await self._remove(table, old) for table, old in _old(limit)]
        return max(removed) == AT_ONCE

    async def _remove(self, table: Table, old: ColumnElement[bool]) -> int:
        async with self.database.unit() as connection:
            return await _remove_some(connection, table, old)


def _old(limit: datetime) -> list[tuple[Table, ColumnElement[bool]]]:
    """What is old at that instant; of what is still to be sent nothing ever is."""
    return [
        (entry_attempt, entry_attempt.c.created_at < limit),
        (document_tried, document_tried.c.day < local_date(limit)),
        (allowance, allowance.c.window_start < limit),
        (failure_minute, failure_minute.c.minute < microseconds(limit) // _MINUTE),
        (outbox, (outbox.c.state != "due") & (outbox.c.created_at < limit)),
        (mail, (mail.c.state != "due") & (mail.c.created_at < limit)),
        (alarm, alarm.c.told_at < limit),
    ]


async def _remove_some(connection: AsyncConnection, table: Table, old: ColumnElement[bool]) -> int:
    key = tuple_(*table.primary_key.columns)
    some = select(*table.primary_key.columns).where(old).limit(AT_ONCE)
    return (await connection.execute(delete(table).where(key.in_(some)))).rowcount
