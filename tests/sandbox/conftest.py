"""A sandbox, a phone that has started the bot, and a bare client."""

from collections.abc import AsyncIterator

import aiohttp
import pytest

from bot.sandbox import ManualClock, Phone, Retry, Sandbox
from tests.sandbox.caller import Caller


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock()


@pytest.fixture
async def sandbox(clock: ManualClock) -> AsyncIterator[Sandbox]:
    async with Sandbox(clock=clock, retry=Retry(first=0.01, longest=0.02)) as running:
        yield running


@pytest.fixture
async def session() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as open_session:
        yield open_session


@pytest.fixture
def api(sandbox: Sandbox, session: aiohttp.ClientSession) -> Caller:
    return Caller(sandbox, session)


@pytest.fixture
async def ana(sandbox: Sandbox) -> Phone:
    phone = sandbox.phone(101, "Ana Ruiz")
    await phone.say("/start", settle=False)
    return phone
