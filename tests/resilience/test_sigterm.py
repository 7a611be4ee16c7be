"""Told to stop with many updates waiting: it stops in time, and nothing is lost."""

import asyncio

import pytest

from storage.database import Database
from tests.kills import checks
from tests.kills.storm import open_storm

MOST_SECONDS = 10
FLOOD, OTHERS = 150, 10


@pytest.fixture
async def storm(database, database_url, tmp_path):
    async with open_storm(tmp_path, database_url, 5, 3) as opened:
        yield opened
        await opened.bot.kill()


@pytest.mark.timeout(240)
async def test_stopping_with_a_full_queue(storm, database_url):
    for number, life in enumerate(storm.lives):
        for _ in range(FLOOD if number == 0 else OTHERS):
            update = await life.member.phone.say("/ayuda", settle=False)
            life.sent.append(update["update_id"])
    await storm.bot.start()
    await storm.lives[0].member.phone.until(lambda phone: phone.buttons, within=60)
    async with asyncio.timeout(MOST_SECONDS):
        assert await storm.bot.terminate() == 0
    await inspect(storm, database_url)
    assert storm.sandbox.pending > 0
    await storm.bot.start()
    for life in storm.lives:
        await life.say("/start", "Para entrar necesita")
    assert storm.sandbox.pending == 0
    await storm.bot.terminate()
    await inspect(storm, database_url)


async def inspect(storm, database_url):
    """What was done is a run of what was sent, in order, and what is confirmed was done."""
    database = Database(database_url)
    assert await checks.in_order(database, storm.lives) == []
    await database.close()
