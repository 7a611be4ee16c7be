"""The two engines behave as one."""

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import insert, select, text
from sqlalchemy.exc import DBAPIError

from storage.database import Database, async_url, safe_for_wal
from storage.migrate import OutdatedSchema, migrate, require_newest
from storage.schema import allowance, metadata


async def test_migrating_twice_changes_nothing(database):
    await migrate(database)
    await require_newest(database)


async def test_an_empty_database_is_refused(empty_database_url):
    database = Database(empty_database_url)
    with pytest.raises(OutdatedSchema):
        await require_newest(database)
    await migrate(database)
    await require_newest(database)
    await database.close()


async def test_a_failed_unit_leaves_nothing(database, now):
    row = {"subject": "x", "window_start": now, "used": 1}

    async def break_down() -> None:
        async with database.unit() as connection:
            await connection.execute(insert(allowance).values(row))
            raise RuntimeError

    with pytest.raises(RuntimeError):
        await break_down()
    async with database.unit() as connection:
        assert (await connection.execute(select(allowance))).all() == []
        await connection.execute(insert(allowance).values(row))
    async with database.unit() as connection:
        assert (await connection.execute(select(allowance.c.window_start))).scalar_one() == now


def test_another_engine_is_refused():
    with pytest.raises(ValueError, match="mysql"):
        async_url("mysql://localhost/x")


@pytest.mark.parametrize(
    ("version", "safe"),
    [
        ((3, 40, 1), False),
        ((3, 44, 5), False),
        ((3, 44, 6), True),
        ((3, 45, 9), False),
        ((3, 50, 7), True),
        ((3, 51, 2), False),
        ((3, 51, 3), True),
        ((3, 54, 0), True),
    ],
)
def test_wal_only_without_the_corruption_bug(version, safe):
    assert safe_for_wal(version) is safe


async def test_the_migrations_make_the_tables_that_the_queries_expect(database):
    def differences(connection):
        return compare_metadata(MigrationContext.configure(connection), metadata)

    async with database.unit() as connection:
        assert await connection.run_sync(differences) == []


async def test_a_failed_statement_does_not_tell_its_values(database):
    with pytest.raises(DBAPIError) as failed:
        async with database.unit() as connection:
            await connection.execute(text("SELECT :secret FROM nowhere"), {"secret": "41789123"})
    assert "41789123" not in str(failed.value)
