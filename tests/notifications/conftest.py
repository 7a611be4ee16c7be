"""Members to write to, and a ledger on each engine."""

from collections.abc import AsyncIterator

import pytest

from bot.sandbox.limits import Limits
from bot.sandbox.sandbox import Sandbox
from storage.database import Database
from tests.access.conftest import hurry
from tests.notifications.books import Books
from tests.notifications.dispatch import Dispatch, open_sender
from tests.notifications.world import ApiWorld, Program, open_api
from tests.offices import HandClock
from tests.statement_rows import add_member


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A module whose matter is not the engine names the one it runs on: ENGINES."""
    items[:] = [item for item in items if _on_its_engine(item)]


def _on_its_engine(item: pytest.Item) -> bool:
    engines = getattr(getattr(item, "module", None), "ENGINES", None)
    engine = getattr(item, "callspec", None) and item.callspec.params.get("database_url")
    return not engines or engine in (None, *engines)


@pytest.fixture
def clock() -> HandClock:
    """Wednesday, 4 November 2026, ten in the morning in Colombia."""
    clock = HandClock()
    clock.forward(days=2, minutes=30)
    return clock


@pytest.fixture
async def books(database: Database, clock: HandClock) -> Books:
    """Five members; member n has the chat 100 + n and an address."""
    await hurry(database)
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
def answer_seconds() -> float:
    """How long an answer of Telegram is waited for; the tests of faults wait less."""
    return 10.0


@pytest.fixture
async def dispatch(
    books: Books, sandbox: Sandbox, database: Database, clock: HandClock, answer_seconds: float
) -> AsyncIterator[Dispatch]:
    async with open_sender(sandbox, database, clock, answer_seconds=answer_seconds) as sender:
        yield Dispatch(books, sandbox, sender)


@pytest.fixture
async def world(books: Books, database: Database, clock: HandClock) -> AsyncIterator[ApiWorld]:
    """The push API, with the five members of `books`."""
    async with open_api(database, clock) as opened:
        yield opened


@pytest.fixture
async def core(world: ApiWorld) -> Program:
    """A program that may do everything."""
    return await world.program()
