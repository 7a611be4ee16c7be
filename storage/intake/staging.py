"""Filling the staging tables through the driver itself, outside any transaction of the database.

SQLAlchemy would begin a write transaction first; here nothing of the database is locked.
"""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any, Protocol

from sqlalchemy import Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.schema import CreateTable, DropTable
from sqlalchemy.sql import ClauseElement

from storage.intake.tables import staging

_SQLITE = sqlite.dialect()
_POSTGRES = postgresql.dialect()  # type: ignore[no-untyped-call]


class Staging(Protocol):
    async def run(self, statement: ClauseElement) -> None:
        """Run one statement that touches staging tables only."""

    async def write(self, table: Table, fields: Sequence[str], rows: Sequence[Any]) -> None:
        """Add rows, their values in the order of the fields."""


class _Sqlite:
    def __init__(self, driver: Any) -> None:
        self._driver = driver

    async def run(self, statement: ClauseElement) -> None:
        await self._driver.execute(_literal(statement, _SQLITE))

    async def write(self, table: Table, fields: Sequence[str], rows: Sequence[Any]) -> None:
        # Core would put the values in the table's order; ours come in the file's.
        names = ", ".join(f'"{name}"' for name in fields)
        marks = ", ".join("?" * len(fields))
        statement = f'INSERT INTO "{table.name}" ({names}) VALUES ({marks})'  # noqa: S608
        await self._driver.execute("BEGIN")
        await self._driver.executemany(statement, rows)
        await self._driver.execute("COMMIT")


class _Postgres:
    def __init__(self, driver: Any) -> None:
        self._driver = driver

    async def run(self, statement: ClauseElement) -> None:
        await self._driver.execute(_literal(statement, _POSTGRES))

    async def write(self, table: Table, fields: Sequence[str], rows: Sequence[Any]) -> None:
        await self._driver.copy_records_to_table(table.name, records=rows, columns=fields)


@asynccontextmanager
async def staged(connection: AsyncConnection) -> AsyncIterator[Staging]:
    """Empty staging tables on that connection; they are gone afterwards."""
    driver = (await connection.get_raw_connection()).driver_connection
    is_sqlite = connection.dialect.name == "sqlite"
    held: Staging = _Sqlite(driver) if is_sqlite else _Postgres(driver)
    for table in staging.tables.values():
        await held.run(CreateTable(table))
    try:
        yield held
    finally:
        for table in staging.tables.values():
            await held.run(DropTable(table))


def _literal(statement: ClauseElement, dialect: Any) -> str:
    return str(statement.compile(dialect=dialect, compile_kwargs={"literal_binds": True}))
