"""One chat that hangs or floods does not hold up the others."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from bot.sandbox import faults
from bot.sandbox.limits import Limits
from bot.sandbox.sandbox import Sandbox
from bot.turnstile import BURST_MINUTES
from bot.updates import Poller
from domain.cooperative import Policies
from tests.kernel.conftest import catalog_with_literals
from tests.kernel.sample import FLOWS
from tests.offices import HandClock, open_office

__all__ = ["catalog_with_literals"]

HANGS_SECONDS = 30.0
FLOOD = 150
BURST = Policies().updates_per_minute * BURST_MINUTES
CALM_SECONDS = 2.1


@pytest.fixture
async def sandbox(database, database_url) -> AsyncIterator[Sandbox]:
    """A sandbox that one office polls."""
    async with (
        Sandbox(limits=Limits.none()) as local,
        open_office(
            local, database_url, FLOWS, HandClock(), answer_seconds=HANGS_SECONDS
        ) as office,
    ):
        polling = asyncio.create_task(Poller(office.bot, office.reception.receive).run())
        yield local
        polling.cancel()
        await asyncio.gather(polling, return_exceptions=True)


async def test_a_chat_whose_call_hangs_holds_up_nobody(sandbox):
    stuck = sandbox.phone(7, "Ana")
    sandbox.faults.add(faults.hang(), chat=7)
    unanswered = await stuck.say("/start", settle=False)
    others = [sandbox.phone(number, "Otro") for number in range(8, 14)]
    for other in others:
        await other.say("/start", settle=False)
    for other in others:
        await other.until(lambda phone: phone.screen == "count 0")
        await other.tap("more", settle=False)
        await other.until(lambda phone: phone.screen == "count 1")
    assert sandbox.ledger.of("sendMessage", 7, "hang")
    assert unanswered in [entry.update for entry in sandbox.telegram.updates.waiting()]
    assert stuck.message == {}


async def test_a_flood_of_one_chat_lets_the_others_in(sandbox):
    """It is warned once, then dropped unread, and served again when it has calmed down."""
    flooding, other = sandbox.phone(7, "Ana"), sandbox.phone(8, "Otro")
    for number in range(FLOOD):
        await flooding.say(f"number {number}", settle=False)
    await other.say("/start", settle=False)
    await other.until(lambda phone: phone.screen == "count 0", within=60)
    assert sandbox.telegram.updates.waiting()
    await other.tap("more", settle=False)
    await other.until(lambda phone: phone.screen == "count 1", within=60)
    await flooding.until(lambda phone: "muchos toques o mensajes" in phone.screen, within=60)
    assert len(sandbox.ledger.of("sendMessage", 7)) == BURST + 1
    assert len([m for m in flooding.messages if not m["out"]]) <= 2
    await asyncio.sleep(CALM_SECONDS)
    await flooding.say("number 1000", settle=False)
    await flooding.until(lambda phone: "you said number 1000" in phone.screen, within=60)
