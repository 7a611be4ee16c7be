from collections.abc import AsyncIterator
from datetime import date

import pytest
from sqlalchemy import insert

from bot.office import Office
from bot.sandbox.phone import Phone
from bot.sandbox.sandbox import Sandbox
from handlers.kit import texts
from storage.database import Database
from storage.schema import member
from tests.kernel.sample import FLOWS
from tests.offices import HandClock, open_office, sink


@pytest.fixture(autouse=True)
def catalog_with_literals(monkeypatch: pytest.MonkeyPatch) -> None:
    """A text for the sample flow, beside the real ones."""
    both = dict(texts.catalog()) | {"test.literal": "{value}"}
    monkeypatch.setattr(texts, "catalog", lambda: both)


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    async with Sandbox() as local:
        yield local


@pytest.fixture
def answer_seconds() -> float:
    """How long an answer of Telegram is waited for; the tests of faults wait less."""
    return 5.0


@pytest.fixture
async def offices(
    sandbox: Sandbox,
    database: Database,
    database_url: str,
    clock: HandClock,
    answer_seconds: float,
) -> AsyncIterator[list[Office]]:
    """Two replicas that take turns."""
    async with database.unit() as connection:
        await connection.execute(insert(member).values(MEMBER | {"first_loaded_at": clock.now()}))
    async with (
        open_office(sandbox, database_url, FLOWS, clock, answer_seconds=answer_seconds) as one,
        open_office(sandbox, database_url, FLOWS, clock, answer_seconds=answer_seconds) as two,
    ):
        await sandbox.connect(sink(one), sink(two))
        yield [one, two]


@pytest.fixture
def phone(sandbox: Sandbox, offices: list[Office]) -> Phone:
    return sandbox.phone(7, "Ana")


MEMBER = {
    "number": "1",
    "document_type": "CC",
    "document_number": "1000",
    "first_names": "Ana",
    "surnames": "Demo",
    "birth_date": date(1960, 3, 5),
    "status": "active",
    "as_of": date(2026, 10, 31),
}
