"""Units of work that share SQLite's transaction fail alone and are committed together."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from sqlalchemy import event, insert, select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.database import Database
from storage.rounds import RoundLost
from storage.schema import allowance
from storage.trips import READ_AHEAD


@pytest.fixture
async def database(sqlite_url: str) -> AsyncIterator[Database]:
    opened = Database(sqlite_url)
    yield opened
    await opened.close()


@pytest.fixture
def commits(database: Database) -> list[object]:
    seen: list[object] = []
    event.listen(database.engine.sync_engine, "commit", seen.append)
    return seen


async def write(connection: AsyncConnection, subject: str, now) -> None:
    await connection.execute(insert(allowance).values(subject=subject, window_start=now, used=1))


async def subjects(database: Database) -> list[str]:
    async with database.unit() as connection:
        found = select(allowance.c.subject).order_by(allowance.c.subject)
        return list(await connection.scalars(found))


async def test_units_that_queue_share_a_commit(database, commits, now):
    async def unit(name: str) -> None:
        async with database.unit() as connection:
            await write(connection, name, now)
        assert commits

    await asyncio.gather(*(unit(f"{n:02}") for n in range(20)))
    assert len(commits) == 1
    assert await subjects(database) == [f"{n:02}" for n in range(20)]


@pytest.mark.parametrize("failing", range(4))
async def test_a_failing_unit_takes_back_its_own_work_only(database, now, failing):
    async def unit(number: int) -> None:
        async with database.unit() as connection:
            await write(connection, str(number), now)
            if number == failing:
                raise ValueError

    ended = await asyncio.gather(*map(unit, range(4)), return_exceptions=True)
    assert [n for n, end in enumerate(ended) if isinstance(end, ValueError)] == [failing]
    assert await subjects(database) == [str(n) for n in range(4) if n != failing]


async def test_a_cancelled_unit_takes_back_its_own_work_only(database, now):
    started = asyncio.Event()

    async def unit(name: str, patient: bool) -> None:
        async with database.unit() as connection:
            await write(connection, name, now)
            if not patient:
                started.set()
                await asyncio.Event().wait()

    tasks = [asyncio.create_task(unit(name, name != "b")) for name in "abc"]
    await started.wait()
    tasks[1].cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    assert await subjects(database) == ["a", "c"]


async def test_nobody_is_told_that_a_lost_transaction_was_committed(database, now):
    async def unit(name: str, ends: bool) -> None:
        async with database.unit() as connection:
            await write(connection, name, now)
            if ends:
                await connection.execute(text("ROLLBACK"))

    ended = await asyncio.gather(
        unit("a", False), unit("b", True), unit("c", False), return_exceptions=True
    )
    assert isinstance(ended[0], RoundLost)
    assert isinstance(ended[1], Exception)
    assert ended[2] is None
    assert await subjects(database) == ["c"]


async def test_work_that_nobody_waits_for_any_more_is_kept(tmp_path, database, now):
    first, second = asyncio.Event(), asyncio.Event()

    async def unit(name: str, done: asyncio.Event) -> None:
        async with database.unit() as connection:
            await write(connection, name, now)
            done.set()

    tasks = [asyncio.create_task(unit("a", first)), asyncio.create_task(unit("b", second))]
    await second.wait()
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    await database.close()
    again = Database(f"sqlite:///{tmp_path / 'coopbot.db'}")
    assert "a" in await subjects(again)
    await again.close()


@pytest.mark.parametrize("count", [0, 1, READ_AHEAD, READ_AHEAD + 1, 3 * READ_AHEAD + 7])
async def test_rows_of_any_number_are_read_whole_and_streamed(database, count):
    numbers = text(
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n LIMIT :k"
    )
    async with database.unit() as connection:
        whole = list(await connection.scalars(numbers, {"k": count}))
        streamed = [i async for i in await connection.stream_scalars(numbers, {"k": count})]
        first = (await connection.execute(numbers, {"k": count})).first()
    assert whole == streamed == list(range(1, count + 1))
    assert first == ((1,) if count else None)
