"""Failures of all strangers together, a row for each minute."""

from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.dialect import upsert
from storage.schema import failure_minute as table
from storage.types import microseconds

_MINUTE = timedelta(minutes=1) // timedelta(microseconds=1)


class FailureCountRepository:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, at: datetime, failures: int) -> None:
        """Count them; called with 0 otherwise, so that both take as long."""
        first = upsert(self._connection, table).values(minute=_minute(at), failures=failures)
        more = {"failures": table.c.failures + failures}
        await self._connection.execute(
            first.on_conflict_do_update(index_elements=[table.c.minute], set_=more)
        )

    async def between(self, since: datetime, until: datetime) -> int:
        """Failures in the minutes after that of `since`, up to that of `until`."""
        minutes = table.c.minute > _minute(since), table.c.minute <= _minute(until)
        found = select(func.coalesce(func.sum(table.c.failures), 0)).where(*minutes)
        return int(await self._connection.scalar(found) or 0)


def _minute(at: datetime) -> int:
    """Minutes since 1970."""
    return microseconds(at) // _MINUTE
