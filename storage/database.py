"""The database: one engine, one transaction per unit of work."""

import sqlite3
from asyncio import CancelledError
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any

from sqlalchemy import event
from sqlalchemy.engine import URL, ExceptionContext, make_url
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from storage.audit import aside
from storage.audit.chain import Chain
from storage.audit.closing import close_books
from storage.rounds import Rounds
from storage.trips import connect

_DRIVERS = {"sqlite": "sqlite+aiosqlite", "postgresql": "postgresql+asyncpg"}
BUSY_MS = 5_000


def safe_for_wal(version: tuple[int, int, int]) -> bool:
    """Whether this SQLite is free of the WAL-reset corruption bug (sqlite.org/wal.html)."""
    fixed_branches = {(3, 44): 6, (3, 50): 7}
    branch, patch = version[:2], version[2]
    return version >= (3, 51, 3) or patch >= fixed_branches.get(branch, patch + 1)


def async_url(url: str) -> URL:
    """`sqlite:///file` or `postgresql://…` with the async driver; ValueError for another engine."""
    given = make_url(url)
    backend = given.get_backend_name()
    if backend not in _DRIVERS:
        raise ValueError(f"COOPBOT_DATABASE_URL: {backend} is not supported")
    return given.set(drivername=_DRIVERS[backend])


class Database:
    """SQLite in a file (default) or PostgreSQL, behind the same repositories.

    Units of work that leave audit entries need the `chain` that these join.
    """

    def __init__(self, url: str, chain: Chain | None = None) -> None:
        address = async_url(url)
        self.is_sqlite = address.get_backend_name() == "sqlite"
        self.engine = _sqlite(address) if self.is_sqlite else _postgresql(address)
        self._chain = chain
        self._rounds = Rounds(self.engine) if self.is_sqlite else None

    @asynccontextmanager
    async def unit(self) -> AsyncIterator[AsyncConnection]:
        """A connection in a write transaction: committed on a clean exit, else rolled back."""
        async with self._transaction() as connection:
            aside.take(connection)  # of a unit that failed
            yield connection
            entries = aside.take(connection)
            if entries:
                await close_books(connection, self._chain, entries)

    async def close(self) -> None:
        if self._rounds:
            await self._rounds.close()
        await self.engine.dispose()

    def _transaction(self) -> AbstractAsyncContextManager[AsyncConnection]:
        return self._rounds.unit() if self._rounds else self.engine.begin()


def _sqlite(address: URL) -> AsyncEngine:
    # One connection: units of work queue in order here instead of fighting for SQLite's lock.
    engine = create_async_engine(
        address,
        pool_size=1,
        max_overflow=0,
        pool_timeout=30,
        pool_reset_on_return=None,
        hide_parameters=True,
        connect_args={"async_creator_fn": connect},
    )
    event.listen(engine.sync_engine, "connect", _prepare_sqlite)
    event.listen(engine.sync_engine, "begin", _begin_immediate)
    event.listen(engine.sync_engine, "handle_error", _stay_connected)
    return engine


def _postgresql(address: URL) -> AsyncEngine:
    return create_async_engine(
        address, pool_size=16, max_overflow=0, pool_timeout=30, hide_parameters=True
    )


def _prepare_sqlite(connection: Any, _record: object) -> None:
    connection.isolation_level = None
    mode = "WAL" if safe_for_wal(sqlite3.sqlite_version_info[:3]) else "TRUNCATE"
    cursor = connection.cursor()
    for pragma in (
        f"busy_timeout = {BUSY_MS}",
        f"journal_mode = {mode}",
        "synchronous = FULL",
        "foreign_keys = ON",
        "secure_delete = ON",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_immediate(connection: Any) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _stay_connected(context: ExceptionContext) -> None:
    # A cancelled statement ends by itself, in order: the connection stays good for the others.
    if isinstance(context.original_exception, CancelledError):
        context.is_disconnect = False
