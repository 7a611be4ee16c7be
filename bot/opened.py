"""The database of an operator's command, brought to its newest version."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bot.settings import KeySettings
from storage.audit.chain import Chain
from storage.database import Database
from storage.migrate import prepare
from storage.secrets import Secrets


@asynccontextmanager
async def opened(settings: KeySettings) -> AsyncIterator[Database]:
    """Open while the command works; OutdatedSchema for a PostgreSQL that was not migrated."""
    await prepare(settings.database_url)
    database = Database(settings.database_url, Chain.of(Secrets(settings.key())))
    try:
        yield database
    finally:
        await database.close()
