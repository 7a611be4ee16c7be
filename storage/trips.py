"""aiosqlite with one trip to its thread per statement, where its own cursor makes four."""

import sqlite3
from collections.abc import AsyncIterator, Iterable
from functools import partial
from typing import Any, Self

import aiosqlite

READ_AHEAD = 256
Rows = list[Any]


class Cursor:
    """Runs a statement and brings its first rows along; what SQLAlchemy asks of a cursor."""

    arraysize = 1

    def __init__(self, connection: "Connection") -> None:
        self._connection = connection
        self._cursor: sqlite3.Cursor | None = None
        self._ahead: Rows = []
        self._more = False

    async def __aenter__(self) -> Self:
        return self

    @property
    def description(self) -> Any:
        return self._cursor.description if self._cursor else None

    @property
    def rowcount(self) -> int:
        return self._cursor.rowcount if self._cursor else -1

    @property
    def lastrowid(self) -> int | None:
        return self._cursor.lastrowid if self._cursor else None

    async def execute(self, sql: str, parameters: Any = ()) -> Self:
        """Run it and read ahead."""
        self._cursor, self._ahead = await self._connection.run(_execute, sql, parameters)
        self._more = len(self._ahead) == READ_AHEAD
        return self

    async def executemany(self, sql: str, parameters: Iterable[Any]) -> Self:
        """Run it once for each of the parameters."""
        self._cursor = await self._connection.run(_execute_many, sql, parameters)
        return self

    async def fetchall(self) -> Rows:
        """What was read ahead and the rest."""
        rows, self._ahead = self._ahead, []
        if self._more and self._cursor:
            self._more = False
            rows += await self._connection.run(_rest, self._cursor)
        return rows

    async def fetchmany(self, size: int | None = None) -> Rows:
        """The next rows, at most that many."""
        count = size or self.arraysize
        if not self._ahead and self._more and self._cursor:
            self._ahead = await self._connection.run(_next, self._cursor)
            self._more = len(self._ahead) == READ_AHEAD
        rows, self._ahead = self._ahead[:count], self._ahead[count:]
        return rows

    async def fetchone(self) -> Any:
        """The next row, or None."""
        return next(iter(await self.fetchmany(1)), None)

    async def __aiter__(self) -> AsyncIterator[Any]:
        while rows := await self.fetchmany(READ_AHEAD):
            for row in rows:
                yield row

    async def close(self) -> None:
        """Let go of a statement that was not read to its end; others ended by themselves."""
        if self._more and self._cursor:
            self._more = False
            await self._connection.run(_close, self._cursor)


class Connection(aiosqlite.Connection):
    """Gives out the cursors above."""

    def cursor(self) -> Cursor:  # type: ignore[override]
        return Cursor(self)

    async def run(self, work: Any, *given: Any) -> Any:
        """Do the work on the connection's own thread."""
        return await self._execute(work, self._conn, *given)  # type: ignore[no-untyped-call]


def connect(path: str, **options: Any) -> Connection:
    """A connection yet to be awaited, as SQLAlchemy's `async_creator_fn` makes it."""
    connection = Connection(partial(sqlite3.connect, path, **options), iter_chunk_size=READ_AHEAD)
    # A forgotten connection must not keep the process alive.
    connection._thread.daemon = True
    return connection


def _execute(connection: sqlite3.Connection, sql: str, parameters: Any) -> Any:
    cursor = connection.execute(sql, parameters)
    return cursor, cursor.fetchmany(READ_AHEAD) if cursor.description else []


def _execute_many(connection: sqlite3.Connection, sql: str, parameters: Any) -> Any:
    return connection.executemany(sql, parameters)


def _next(_: sqlite3.Connection, cursor: sqlite3.Cursor) -> Rows:
    return cursor.fetchmany(READ_AHEAD)


def _rest(_: sqlite3.Connection, cursor: sqlite3.Cursor) -> Rows:
    return cursor.fetchall()


def _close(_: sqlite3.Connection, cursor: sqlite3.Cursor) -> None:
    cursor.close()
