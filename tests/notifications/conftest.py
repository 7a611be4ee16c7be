"""Members to write to, and a ledger on each engine."""

from collections.abc import AsyncIterator

import pytest

from bot.sandbox.limits import Limits
from bot.sandbox.sandbox import Sandbox
from storage.database import Database
from tests.notifications.books import Books
from tests.notifications.dispatch import Dispatch, open_sender
from tests.offices import HandClock
from tests.statement_rows import add_member


@pytest.fixture
def clock() -> HandClock:
    """Wednesday, 4 November 2026, ten in the morning in Colombia."""
    clock = HandClock()
    clock.forward(days=2, minutes=30)
    return clock


@pytest.fixture
async def books(database: Database, clock: HandClock) -> Books:
    """Five members; member n has the chat 100 + n and an address."""
    opened = Books(database, clock)
    async with database.unit() as connection:
        for member_id in range(1, 6):
            await add_member(connection, member_id, email=f"m{member_id}@correo.example")
    for member_id in range(1, 6):
        await opened.bind(member_id, 100 + member_id)
    return opened


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    async with Sandbox(limits=Limits.none()) as local:
        yield local


@pytest.fixture
async def dispatch(
    books: Books, sandbox: Sandbox, database: Database, clock: HandClock
) -> AsyncIterator[Dispatch]:
    async with open_sender(sandbox, database, clock) as sender:
        yield Dispatch(books, sandbox, sender)
