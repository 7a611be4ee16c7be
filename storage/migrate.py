"""Bringing the tables to the newest version (Alembic)."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, inspect, text
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.database import Database

MIGRATIONS = Path(__file__).parent / "migrations"


class OutdatedSchema(RuntimeError):
    """The database is not at the newest version: run `coopbot migrate`."""


def newest_version() -> str:
    """The version the code expects: that of the last file in migrations/versions."""
    return max(f.stem for f in (MIGRATIONS / "versions").glob("[0-9]*.py"))


async def current_version(connection: AsyncConnection) -> str | None:
    """The version the database is at; None when it is empty."""
    if not await connection.run_sync(lambda c: inspect(c).has_table("alembic_version")):
        return None
    found = await connection.scalar(text("SELECT version_num FROM alembic_version"))
    return None if found is None else str(found)


async def migrate(database: Database) -> None:
    """Bring the tables to the newest version, all or nothing."""
    async with _remodelling(database) as connection, connection.begin():
        if await current_version(connection) != newest_version():
            await connection.run_sync(_upgrade)
            await _require_references(connection)


async def require_newest(database: Database) -> None:
    """OutdatedSchema unless the database is at the newest version."""
    async with database.unit() as connection:
        if await current_version(connection) != newest_version():
            raise OutdatedSchema("the database is outdated: run `coopbot migrate`")


async def prepare(url: str) -> None:
    """Migrate SQLite; PostgreSQL must have been (`coopbot migrate`), else OutdatedSchema."""
    database = Database(url)
    try:
        await (migrate(database) if database.is_sqlite else require_newest(database))
    finally:
        await database.close()


@asynccontextmanager
async def _remodelling(database: Database) -> AsyncIterator[AsyncConnection]:
    """A connection that may replace a table which others refer to."""
    async with database.engine.connect() as connection:
        if not database.is_sqlite:
            yield connection
            return
        # Inside a transaction SQLite does not hear it.
        driver: Any = (await connection.get_raw_connection()).driver_connection
        await driver.execute("PRAGMA foreign_keys = OFF")
        try:
            yield connection
        finally:
            await driver.execute("PRAGMA foreign_keys = ON")


async def _require_references(connection: AsyncConnection) -> None:
    """RuntimeError when a row refers to none; PostgreSQL sees to it by itself."""
    if connection.dialect.name != "sqlite":
        return
    lost = (await connection.exec_driver_sql("PRAGMA foreign_key_check")).first()
    if lost is not None:
        raise RuntimeError(f"the new tables would leave a row of {lost[0]} without its parent")


def _upgrade(connection: Connection) -> None:
    # Late: Alembic costs start-up time and is needed once per version.
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
