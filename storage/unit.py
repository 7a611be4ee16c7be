"""One unit of work: the repositories of the kernel over one transaction."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncConnection

from storage.conversations import SqlConversations, SqlSessions
from storage.database import Database
from storage.dustbin import SqlDustbin
from storage.notes import SqlNotes
from storage.notifications.reach import ReachRepository
from storage.outbox import SqlOutbox


@dataclass(frozen=True, slots=True)
class Unit:
    """Repositories that commit or roll back together; flows build theirs on `connection`."""

    connection: AsyncConnection
    conversations: SqlConversations
    sessions: SqlSessions
    dustbin: SqlDustbin
    outbox: SqlOutbox
    notes: SqlNotes
    reach: ReachRepository


@asynccontextmanager
async def unit_of_work(database: Database) -> AsyncIterator[Unit]:
    """A unit that commits on a clean exit and leaves nothing otherwise."""
    async with database.unit() as connection:
        yield Unit(
            connection,
            SqlConversations(connection),
            SqlSessions(connection),
            SqlDustbin(connection),
            SqlOutbox(connection),
            SqlNotes(connection),
            ReachRepository(connection),
        )
