"""What every test may ask for."""

import asyncio
import shutil
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
import structlog

from storage.database import Database
from storage.migrate import migrate
from tests import postgres
from tests.keys import CHAIN

# Faults on purpose are logged: without the values of every variable, which take seconds to write.
structlog.configure(
    processors=[
        structlog.processors.add_log_level,
        structlog.dev.ConsoleRenderer(
            colors=False, exception_formatter=structlog.dev.plain_traceback
        ),
    ]
)


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """The address of the tests' PostgreSQL; skips where it is not installed."""
    if not postgres.available():
        pytest.skip("PostgreSQL is not installed")
    with postgres.cluster() as address:
        yield address


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of an empty database, on each engine in turn."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'empty.db'}"
        return
    with postgres.database(request.getfixturevalue("postgres_server")) as address:
        yield address


@pytest.fixture(scope="session")
def with_tables(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An SQLite file with its tables, to be copied: migrating takes longer than most tests."""
    file = tmp_path_factory.mktemp("tables") / "coopbot.db"
    asyncio.run(_make_tables(f"sqlite:///{file}"))
    return file


@pytest.fixture(scope="session")
def postgres_with_tables(postgres_server: str) -> Iterator[str]:
    """The address of a database with its tables on that server, to be copied."""
    with postgres.database(postgres_server) as address:
        asyncio.run(_make_tables(address))
        yield address


async def _make_tables(url: str) -> None:
    made = Database(url)
    await migrate(made)
    await made.close()


@pytest.fixture
def sqlite_url(with_tables: Path, tmp_path: Path) -> str:
    """The address of an SQLite file with its tables."""
    return f"sqlite:///{shutil.copyfile(with_tables, tmp_path / 'coopbot.db')}"


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> Iterator[str]:
    """The address of a database with its tables, on each engine in turn."""
    if request.param == "sqlite":
        yield request.getfixturevalue("sqlite_url")
        return
    server = request.getfixturevalue("postgres_server")
    with postgres.database(server, request.getfixturevalue("postgres_with_tables")) as address:
        yield address


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    """A database with its tables, on each engine in turn."""
    opened = Database(database_url, CHAIN)
    yield opened
    await opened.close()


@pytest.fixture
def now() -> datetime:
    """A Monday morning in Colombia, in UTC."""
    return datetime(2026, 11, 2, 14, 30, tzinfo=UTC)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--nothing-skipped", action="store_true", help="a skipped test is a failure")
    parser.addoption("--write-golden", action="store_true", help="write tests/documents/golden")
    parser.addoption("--write-storyboard", action="store_true", help="write docs/storyboard.txt")


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    strict = session.config.getoption("--nothing-skipped")
    missed = [reason for reason in _reasons(session.config) if "shared reference" not in reason]
    if strict and missed and not exitstatus:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    for reason in _reasons(config):
        terminalreporter.write_line(f"not tested here: {reason}")


def _reasons(config: pytest.Config) -> list[str]:
    reporter = config.pluginmanager.get_plugin("terminalreporter")
    skipped = reporter.stats.get("skipped", [])
    return sorted({report.longrepr[2].removeprefix("Skipped: ") for report in skipped})
