"""The process ends between two steps of the kernel; another replica finds everything it needs."""

import pytest
from telegram import Update

from bot.courier import Courier
from bot.render import Renderer
from bot.warden import Warden
from tests.kernel.conftest import (
    answer_seconds,
    catalog_with_literals,
    clock,
    offices,
    phone,
    sandbox,
)
from tests.kernel.test_turns import tally

__all__ = ["answer_seconds", "catalog_with_literals", "clock", "offices", "phone", "sandbox"]

ONE_GET_UPDATES = 100


class Killed(BaseException):
    """Nothing after this happens."""


async def die(*_: object) -> None:
    raise Killed


def balances(phone) -> list[str]:
    return [m["text"] for m in phone.messages if "$" in m.get("text", "")]


async def test_a_whole_batch_that_comes_again_acts_once(phone, sandbox, database):
    await phone.say("/start")
    taps = [await phone.tap("more") for _ in range(ONE_GET_UPDATES)]
    for update in taps:
        await sandbox.redeliver(update)
    assert await tally(database) == ONE_GET_UPDATES
    await phone.tap("more")
    assert phone.screen == f"count {ONE_GET_UPDATES + 1}"


async def test_killed_while_closing_a_forgotten_session(phone, clock, offices, monkeypatch):
    await phone.say("/start")
    await phone.tap("enter")
    clock.forward(minutes=5, seconds=1)
    with monkeypatch.context() as dying:
        dying.setattr(Renderer, "show", die)
        with pytest.raises(Killed):
            await Warden(offices[0].desk).look_round()
    assert await Warden(offices[1].desk).look_round() == 1
    assert phone.screen.startswith("🔒 Cerré su sesión")
    assert balances(phone) == []
    assert await Warden(offices[1].desk).look_round() == 0
    await phone.tap("enter")
    assert phone.screen == "you have $ 1.000"


async def test_killed_before_a_new_message_is_remembered(phone, sandbox, offices, monkeypatch):
    await phone.say("/start")
    await phone.tap("enter")
    await sandbox.disconnect()
    typed = await phone.say("what?", settle=False)
    with monkeypatch.context() as dying:
        dying.setattr("bot.desk.Desk._remember", die)
        with pytest.raises(Killed):
            await receive(offices[0], typed)
    await receive(offices[1], typed)
    assert phone.screen == "you have $ 1.000"
    leaving = await phone.say("/salir", settle=False)
    await receive(offices[1], leaving)
    assert balances(phone) == []


async def test_killed_before_a_file_is_remembered(phone, clock, offices, monkeypatch):
    await phone.say("/start")
    await phone.tap("enter")
    await phone.tap("paper")
    with monkeypatch.context() as dying:
        dying.setattr(Courier, "_keep", die)
        with pytest.raises(Killed):
            await Courier(offices[0].desk, offices[0].workshop).deliver_next()
    clock.forward(seconds=61)
    assert await Courier(offices[1].desk, offices[1].workshop).deliver_next()
    assert len(phone.documents) == 1
    await phone.say("/salir")
    assert phone.documents == []


async def test_killed_before_a_file_is_remembered_and_left_meanwhile(
    phone, clock, offices, monkeypatch
):
    await phone.say("/start")
    await phone.tap("enter")
    await phone.tap("paper")
    with monkeypatch.context() as dying:
        dying.setattr(Courier, "_keep", die)
        with pytest.raises(Killed):
            await Courier(offices[0].desk, offices[0].workshop).deliver_next()
    await phone.say("/salir")
    clock.forward(seconds=61)
    assert await Courier(offices[1].desk, offices[1].workshop).deliver_next()
    assert phone.documents == []
    await phone.tap("enter")
    assert phone.screen == "you have $ 1.000"


async def test_a_session_that_ends_while_its_file_is_sent(phone, offices, monkeypatch):
    await phone.say("/start")
    await phone.tap("enter")
    await phone.tap("paper")
    send = Renderer.send_file

    async def leave_meanwhile(*given: object) -> int:
        message_id = await send(*given)
        await phone.say("/salir")
        return message_id

    monkeypatch.setattr(Renderer, "send_file", leave_meanwhile)
    assert await Courier(offices[1].desk, offices[1].workshop).deliver_next()
    assert phone.documents == []
    await phone.tap("enter")
    assert phone.screen == "you have $ 1.000"


async def receive(office, update) -> None:
    await office.desk.serve(Update.de_json(update, office.bot))
