"""The webhook of the real bot: who may post, and what a kill leaves undone."""

import aiohttp
import pytest
from sqlalchemy import func, select

from storage.schema import conversation
from tests.kills.storm import open_storm

SECRET = "only-telegram-knows"
HEADER = "X-Telegram-Bot-Api-Secret-Token"


@pytest.fixture
async def storm(database, database_url, tmp_path):
    async with open_storm(tmp_path, database_url, 5, 2, SECRET) as opened:
        yield opened
        await opened.bot.kill()


async def conversations(database) -> int:
    async with database.unit() as connection:
        return await connection.scalar(select(func.count()).select_from(conversation)) or 0


@pytest.mark.timeout(240)
async def test_only_telegram_may_post(storm, database):
    phone = storm.lives[0].member.phone
    await storm.bot.start()
    await phone.say("/ayuda")
    known, shown = await conversations(database), phone.messages
    forged = {"update_id": 1, "message": storm.sandbox.telegram.head(phone.chat, {"id": 77})}
    forged["message"] |= {"text": "/start", "chat": {"id": 77, "type": "private"}}
    async with aiohttp.ClientSession() as anyone:
        health = await anyone.get(f"{storm.bot.address}/health")
        assert health.status == 200
        for headers in ({}, {HEADER: ""}, {HEADER: "guess"}, {HEADER: f"{SECRET}x"}):
            url = f"{storm.bot.address}/telegram"
            async with anyone.post(url, json=forged, headers=headers) as answer:
                assert answer.status == 403
    assert await conversations(database) == known
    assert phone.messages == shown
    assert SECRET not in storm.bot.log
    await phone.say("/start")
    assert "Para entrar necesita" in phone.screen


@pytest.mark.timeout(240)
async def test_killed_in_the_middle_telegram_posts_again(storm):
    report = await storm.rage(2)
    assert report.problems == [], str(report)
    assert report.visits >= len(storm.lives)
