"""Which replica sends notifications: on PostgreSQL the one that holds the lock."""

from dataclasses import dataclass, field

from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.database import Database

# Any number that nobody else locks: "notifications" in hexadecimal.
LOCK = 0x6E6F74696679
_TRY = text("SELECT pg_try_advisory_lock(:lock)")
_ALIVE = text("SELECT 1")


@dataclass(slots=True)
class Leadership:
    """An advisory lock on a connection of its own; a SQLite file has one process anyway."""

    database: Database
    _connection: AsyncConnection | None = field(default=None)

    async def held(self) -> bool:
        """Whether this replica sends; asked before each round, and taken when it is free."""
        if self.database.is_sqlite:
            return True
        try:
            if self._connection is not None:
                await self._connection.execute(_ALIVE)
                return True
            return await self._take()
        except (DBAPIError, OSError):
            await self.resign()
            return False

    async def resign(self) -> None:
        """Let another replica send."""
        connection, self._connection = self._connection, None
        if connection is not None:
            # Not back into the pool: the lock ends with the connection.
            await connection.invalidate()
            await connection.close()

    async def _take(self) -> bool:
        opened = await self.database.engine.connect()
        connection = await opened.execution_options(isolation_level="AUTOCOMMIT")
        if await connection.scalar(_TRY, {"lock": LOCK}):
            self._connection = connection
            return True
        await connection.close()
        return False
