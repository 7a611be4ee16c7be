"""The database of an operator's command, brought to its newest version."""

import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import structlog

from bot.settings import KeySettings
from storage.audit.chain import Chain
from storage.database import Database
from storage.migrate import prepare
from storage.secrets import Secrets


@asynccontextmanager
async def opened(settings: KeySettings) -> AsyncIterator[Database]:
    """Open while the command works; OutdatedSchema for a PostgreSQL that was not migrated."""
    # What a command answers (a new key) is taken from its standard output by programs.
    structlog.configure(logger_factory=lambda *_: structlog.PrintLogger(sys.stderr))
    await prepare(settings.database_url)
    database = Database(settings.database_url, Chain.of(Secrets(settings.key())))
    try:
        yield database
    finally:
        await database.close()
