"""Bringing the tables to the newest version (Alembic)."""

from pathlib import Path

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
    async with database.unit() as connection:
        if await current_version(connection) != newest_version():
            await connection.run_sync(_upgrade)


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


def _upgrade(connection: Connection) -> None:
    # Late: Alembic costs start-up time and is needed once per version.
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
