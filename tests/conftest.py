"""What every test may ask for."""

from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from storage.database import Database
from storage.migrate import migrate
from tests import postgres


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """The address of the tests' PostgreSQL; skips where it is not installed."""
    if not postgres.available():
        pytest.skip("PostgreSQL is not installed")
    with postgres.cluster() as address:
        yield address


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty database, on each engine in turn."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'coopbot.db'}"
    return postgres.create_database(request.getfixturevalue("postgres_server"))


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    """A database with its tables, on each engine in turn."""
    opened = Database(database_url)
    await migrate(opened)
    yield opened
    await opened.close()


@pytest.fixture
def now() -> datetime:
    """A Monday morning in Colombia, in UTC."""
    return datetime(2026, 11, 2, 14, 30, tzinfo=UTC)
