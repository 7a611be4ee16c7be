from collections.abc import AsyncIterator
from typing import Any

import pytest
from sqlalchemy import event

from storage.database import Database
from storage.pins import ArgonPins
from storage.secrets import Secrets
from tests.access.mailbox import Mailbox, open_mailbox
from tests.access.world import World


@pytest.fixture
def mailbox() -> Mailbox:
    return Mailbox()


@pytest.fixture
async def world(database: Database, mailbox: Mailbox) -> AsyncIterator[World]:
    await hurry(database)
    secrets = Secrets(b"k" * 32)
    pins = ArgonPins(secrets)
    async with open_mailbox(mailbox) as port:
        yield World(database, mailbox, port, pins, secrets)
    pins.close()


async def hurry(database: Database) -> None:
    """What survives a power cut is another test's matter: SQLite need not wait for the disk."""
    if database.is_sqlite:
        await database.close()
        event.listen(database.engine.sync_engine, "connect", _no_sync)


def _no_sync(connection: Any, _record: object) -> None:
    cursor = connection.cursor()
    cursor.execute("PRAGMA synchronous = OFF")
    cursor.close()
