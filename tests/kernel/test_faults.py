"""Telegram misbehaves: nothing is lost, every chat ends with a screen, work is done once."""

import asyncio

import pytest
from sqlalchemy import update

from bot.courier import Courier
from bot.sandbox import faults
from storage.schema import session
from tests.kernel.test_turns import tally

ONCE = {
    "429": faults.too_many_requests(1),
    "429 for long": faults.too_many_requests(30),
    "500": faults.server_error(500),
    "hang": faults.hang(),
    "reset": faults.reset(),
    "truncated": faults.truncated(),
    "accept, then hang": faults.accept_then_hang(),
}


@pytest.fixture
def answer_seconds() -> float:
    return 1.5


async def deliver_all(offices, clock):
    courier = Courier(offices[0].desk, offices[0].workshop)
    clock.forward(seconds=31)
    while await courier.deliver_next():
        pass


@pytest.mark.parametrize("fault", ONCE.values(), ids=ONCE)
async def test_a_screen_that_could_not_be_sent_comes_later(phone, sandbox, offices, clock, fault):
    sandbox.faults.add(fault, method="sendMessage", times=1)
    await phone.say("/start")
    await deliver_all(offices, clock)
    assert phone.screen == "count 0"
    await phone.tap("more")
    assert phone.screen == "count 1"


@pytest.mark.parametrize("fault", ONCE.values(), ids=ONCE)
@pytest.mark.parametrize("method", ["editMessageText", "answerCallbackQuery"])
async def test_a_tap_counts_once_whatever_telegram_answers(
    phone, sandbox, offices, clock, database, fault, method
):
    await phone.say("/start")
    sandbox.faults.add(fault, method=method, times=1)
    await phone.tap("more")
    await deliver_all(offices, clock)
    assert phone.screen == "count 1"
    assert await tally(database) == 1
    await phone.tap("more")
    assert phone.screen == "count 2"


async def test_what_telegram_held_back_is_not_shown_once_its_session_ended(
    phone, sandbox, offices, database, clock
):
    await phone.say("/start")
    await phone.tap("enter")
    sandbox.faults.add(faults.too_many_requests(1), method="editMessageText", times=1)
    tapping = asyncio.create_task(phone.tap("again"))
    while not sandbox.ledger.of("editMessageText", outcome="429"):  # noqa: ASYNC110
        await asyncio.sleep(0.01)
    async with database.unit() as connection:
        ended = {"ended_at": clock.now(), "end_reason": "blocked"}
        await connection.execute(update(session).values(ended))
    await tapping
    assert phone.screen.endswith("count 0")
    await phone.tap("more")
    assert phone.screen == "count 1"


async def test_telegram_down_for_a_while(phone, sandbox, offices, clock):
    await phone.say("/start")
    down = sandbox.faults.add(faults.server_error(502))
    await phone.tap("more")
    for _ in range(4):
        await deliver_all(offices, clock)
    sandbox.faults.remove(down)
    await deliver_all(offices, clock)
    assert phone.screen == "count 1"
    await phone.tap("more")
    assert phone.screen == "count 2"


async def test_a_blocked_bot_gives_up_quietly_and_comes_back(phone, sandbox, offices, clock):
    await phone.say("/start")
    await phone.block()
    await deliver_all(offices, clock)
    await phone.block(False)
    await phone.say("/start")
    assert phone.screen == "count 0"


async def test_a_secret_is_deleted_in_the_end(phone, sandbox, offices, clock):
    await phone.say("/start")
    await phone.tap("secret")
    sandbox.faults.add(faults.server_error(500), method="deleteMessages", times=1)
    await phone.say("my secret")
    clock.forward(seconds=11)
    await offices[1].desk.broom.sweep()
    assert not [m for m in phone.messages if m.get("text") == "my secret"]
    await phone.tap("more")
    assert phone.screen == "count 1"


@pytest.mark.parametrize("fault", ONCE.values(), ids=ONCE)
async def test_a_file_is_sent_in_the_end(phone, sandbox, offices, clock, fault):
    await phone.say("/start")
    await phone.tap("enter")
    sandbox.faults.add(fault, method="sendDocument", times=1)
    await phone.tap("paper")
    await deliver_all(offices, clock)
    await deliver_all(offices, clock)
    assert {d.content for d in phone.documents} == {b"one for 7"}
    assert phone.screen == "you have $ 1.000"
