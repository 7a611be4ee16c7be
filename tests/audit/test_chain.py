"""Entries join the chain when their unit of work commits, and only then."""

import asyncio

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import event, func, select, text
from sqlalchemy.exc import DBAPIError

from storage.audit import aside
from storage.audit.closing import NoChain
from storage.audit.findings import Flaw
from storage.database import Database
from storage.migrate import MIGRATIONS, migrate
from storage.schema import audit, audit_head
from tests.audit.tampering import tamper
from tests.audit.trail import entry, flaws, verdict, write
from tests.keys import CHAIN


async def numbers(database: Database) -> list[int]:
    async with database.unit() as connection:
        return list(await connection.scalars(select(audit.c.id).order_by(audit.c.id)))


async def test_an_empty_trail_has_not_begun(database):
    assert await flaws(database) == [(Flaw.NOT_BEGUN, 0, 0)]


async def test_entries_are_numbered_and_chained(database):
    await write(database, [1])
    await write(database, [2, 3, 4])
    assert await numbers(database) == [1, 2, 3, 4]
    found = await verdict(database)
    assert (found.findings, found.entries, found.before) == ((), 4, 0)


async def test_a_failed_unit_leaves_no_entry_to_the_next(database):
    async def break_down() -> None:
        async with database.unit() as connection:
            aside.put(connection, entry(1))
            raise RuntimeError

    with pytest.raises(RuntimeError):
        await break_down()
    await write(database, [])
    await write(database, [2])
    assert await numbers(database) == [1]
    async with database.unit() as connection:
        assert await connection.scalar(select(audit.c.telegram_id)) == entry(2).telegram_id
    assert await flaws(database) == []


async def test_units_at_once_on_many_replicas_make_one_chain(database, database_url):
    """Some of them fail or are broken off; their places are taken by others."""
    replicas = [Database(database_url, CHAIN) for _ in range(1 if database.is_sqlite else 3)]
    units = 120

    async def unit(number: int) -> None:
        async with replicas[number % len(replicas)].unit() as connection:
            for each in range(number % 3):
                aside.put(connection, entry(number + each))
            await asyncio.sleep(0.002 * (number % 5))
            if number % 7 == 0:
                raise ValueError
            if number % 11 == 0:
                raise asyncio.CancelledError

    await asyncio.gather(*map(unit, range(units)), return_exceptions=True)
    kept = sum(n % 3 for n in range(units) if n % 7 and n % 11)
    assert await numbers(database) == list(range(1, kept + 1))
    assert await flaws(database) == []
    for replica in replicas:
        await replica.close()


async def test_a_unit_without_entries_costs_nothing_more(database):
    heard: list[str] = []
    engine = database.engine.sync_engine
    event.listen(engine, "before_cursor_execute", lambda _c, _k, sql, *_: heard.append(sql))
    async with database.unit() as connection:
        await connection.execute(text("SELECT 1"))
    assert [sql for sql in heard if "audit" in sql] == []


async def test_without_the_key_nothing_is_written(database, database_url):
    keyless = Database(database_url)
    with pytest.raises(NoChain):
        await write(keyless, [1])
    await keyless.close()
    assert await numbers(database) == []


async def test_without_its_head_nothing_is_written(database):
    await tamper(database, "DELETE FROM audit_head")
    with pytest.raises(NoChain):
        await write(database, [1])
    assert await flaws(database) == [(Flaw.HEAD_MISSING, 0, 0)]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit SET member_id = 1",
        "DELETE FROM audit",
        "DELETE FROM audit_head",
        "INSERT INTO audit (id, at, action, result) VALUES (99, 0, 'entry', 'done')",
        "TRUNCATE audit",
    ],
)
async def test_the_database_refuses_to_change_entries(database, statement):
    await write(database, [1, 2])
    with pytest.raises(DBAPIError):
        async with database.unit() as connection:
            await connection.execute(text(statement))
    assert await numbers(database) == [1, 2]
    assert await flaws(database) == []


def _upgrade(connection, version: str) -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    command.upgrade(config, version)


OLD = (
    "INSERT INTO audit (id, at, action, result, telegram_id, member_id, details) "
    "VALUES ({id}, {id}000, 'entry', 'done', 7, 1, '{{}}')"
)


@pytest.fixture
async def upgraded(empty_database_url):
    """A database with three entries from before there was a chain."""
    opened = Database(empty_database_url, CHAIN)
    async with opened.unit() as connection:
        await connection.run_sync(_upgrade, "0003_conversation")
        for number in (1, 2, 5):
            await connection.execute(text(OLD.format(id=number)))
    await migrate(opened)
    yield opened
    await opened.close()


async def test_earlier_entries_are_told_apart_and_bound_from_then_on(upgraded):
    await write(upgraded, [1, 2])
    assert await numbers(upgraded) == [1, 2, 5, 6, 7]
    found = await verdict(upgraded)
    assert (found.findings, found.entries, found.before) == ((), 2, 3)


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE audit SET member_id = 2 WHERE id = 2",
        "DELETE FROM audit WHERE id = 5",
        OLD.format(id=3),
    ],
)
async def test_changing_earlier_entries_afterwards_shows(upgraded, change):
    await write(upgraded, [1, 2])
    await tamper(upgraded, change)
    assert (Flaw.BEFORE, 1, 5) in await flaws(upgraded)


async def test_the_head_is_one_row(database):
    await write(database, [1])
    async with database.unit() as connection:
        assert await connection.scalar(select(func.count()).select_from(audit_head)) == 1
    with pytest.raises(DBAPIError):
        async with database.unit() as connection:
            await connection.execute(
                text(
                    "INSERT INTO audit_head (id, before_id, before, last_id, last) "
                    "VALUES (2, 0, '', 0, '')"
                )
            )
