"""Whether the database is there, whole, and of the newest version; nothing is changed by asking."""

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.database import Database, async_url
from storage.migrate import current_version, newest_version

_MEMORY = (None, "", ":memory:")


@dataclass(frozen=True, slots=True)
class Health:
    """`version` None: empty, or not yet made (`exists` False); `damage`: what the engine found."""

    engine: str
    exists: bool
    version: str | None
    newest: str
    damage: tuple[str, ...] = ()

    @property
    def is_newest(self) -> bool:
        return self.version == self.newest

    @property
    def is_newer(self) -> bool:
        """Made by a later program than this one."""
        return self.version is not None and self.version > self.newest


class Unreachable(RuntimeError):
    """The database cannot be opened; the message is the engine's, without the password."""


async def examine(url: str) -> Health:
    """The database's health; ValueError for another engine, Unreachable when it does not open."""
    address = async_url(url)
    engine = address.get_backend_name()
    if engine == "sqlite" and not _has_file(address.database):
        return Health(engine, False, None, newest_version())
    database = Database(url)
    try:
        async with database.unit() as connection:
            return await _health(connection, engine)
    except (OSError, SQLAlchemyError) as error:
        raise Unreachable(str(getattr(error, "orig", None) or error)) from error
    finally:
        await database.close()


def _has_file(name: str | None) -> bool:
    """Opening a SQLite file makes it, so it is looked for first."""
    return name not in _MEMORY and Path(str(name)).exists()


async def _health(connection: AsyncConnection, engine: str) -> Health:
    version = await current_version(connection)
    damage = await _damage(connection) if engine == "sqlite" else ()
    return Health(engine, True, version, newest_version(), damage)


async def _damage(connection: AsyncConnection) -> tuple[str, ...]:
    """SQLite's own findings; PostgreSQL checks its pages by itself."""
    pages = await connection.scalars(text("PRAGMA integrity_check(10)"))
    orphans = (await connection.execute(text("PRAGMA foreign_key_check"))).all()
    torn = [str(found) for found in pages if found != "ok"]
    return (*torn, *(f"{row[0]} {row[1]} → {row[2]}" for row in orphans[:10]))
