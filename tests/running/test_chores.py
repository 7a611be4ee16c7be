"""What the office does besides serving chats, as `coopbot run` puts it together."""

import base64
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.app import open_office, telegram_bot
from bot.notifications.limiter import Limiter
from bot.office import Office
from bot.sandbox.sandbox import Sandbox
from bot.settings import MADE_UP, Settings
from bot.transport import AiohttpRequest
from domain.alarms import AlarmKind
from storage.alarms import AlarmRepository
from storage.cooperative_file import read_cooperative
from tests.audit.trail import verdict, write
from tests.keys import SECRETS
from tests.offices import HandClock


@pytest.fixture
async def office(database, database_url: str, tmp_path: Path) -> AsyncIterator[Office]:
    async with Sandbox() as sandbox:
        settings = Settings(
            telegram_token=SecretStr(sandbox.token),
            telegram_api_url=sandbox.api_url,
            database_url=database_url,
            secret_key=SecretStr(base64.b64encode(SECRETS.master).decode()),
            smtp_url=SecretStr(sandbox.smtp_url),
            mail_from="servicios@eltablero.example",
        )
        bot = telegram_bot(settings, AiohttpRequest())
        await bot.initialize()
        opened = open_office(settings, read_cooperative(MADE_UP), bot, HandClock(), Limiter())
        yield opened
        await opened.close()


async def test_the_head_is_noted_alarms_are_told_and_traces_swept(office, database, capsys):
    await write(database, range(3))
    async with database.unit() as connection:
        now = office.desk.clock.now()
        await AlarmRepository(connection).raise_alarm(AlarmKind.LOCKED, {"member": 4}, now)
    for chore in office.chores:
        assert not await chore.work()
    told = "".join(capsys.readouterr())
    assert str((await verdict(database)).head) in told
    assert "alarm" in told
    assert "member=4" in told
    assert all(chore.seconds <= 3600 for chore in office.chores)
