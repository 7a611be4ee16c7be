"""Sessions within the conversation: how they end, and what leaves the chat with them."""

from sqlalchemy import select

from bot.courier import Courier
from bot.warden import Warden
from storage.schema import outbox


async def test_members_only_needs_a_session(phone):
    await phone.say("/start")
    await phone.tap("menu")
    assert phone.screen == "count 0"
    await phone.tap("enter")
    assert phone.screen == "you have $ 1.000"


async def test_leaving_takes_the_balances_out_of_the_chat(phone):
    await phone.say("/start")
    await phone.tap("enter")
    await phone.say("what?")
    await phone.say("/salir")
    assert "Salió de la oficina virtual" in phone.screen
    assert not [m for m in phone.messages if "$" in m.get("text", "")]
    await phone.tap("enter")
    assert phone.screen == "you have $ 1.000"


async def test_a_session_ends_after_five_idle_minutes(phone, clock):
    await phone.say("/start")
    await phone.tap("enter")
    clock.forward(minutes=4, seconds=59)
    await phone.tap("again")
    assert phone.screen == "you have $ 1.000"
    clock.forward(minutes=5, seconds=1)
    await phone.tap("again")
    assert phone.screen.startswith("🔒 Cerré su sesión")
    assert not [m for m in phone.messages if "$" in m.get("text", "")]


async def test_a_session_ends_after_thirty_minutes_in_all(phone, clock):
    await phone.say("/start")
    await phone.tap("enter")
    for _ in range(7):
        clock.forward(minutes=4)
        await phone.tap("again")
        assert phone.screen == "you have $ 1.000"
    clock.forward(minutes=2, seconds=1)
    await phone.tap("again")
    assert phone.screen.startswith("🔒 Cerré su sesión")


async def test_the_warden_closes_a_forgotten_session(phone, clock, offices):
    await phone.say("/start")
    await phone.tap("enter")
    assert await Warden(offices[0].desk).look_round() == 0
    clock.forward(minutes=5, seconds=1)
    assert await Warden(offices[0].desk).look_round() == 1
    assert phone.screen.startswith("🔒 Cerré su sesión")
    assert not [m for m in phone.messages if "$" in m.get("text", "")]
    assert await Warden(offices[1].desk).look_round() == 0
    await phone.tap("enter")
    assert phone.screen == "you have $ 1.000"


async def test_entering_elsewhere_ends_the_first_session(phone, sandbox, offices):
    await phone.say("/start")
    await phone.tap("enter")
    other = sandbox.phone(8, "Otro")
    await other.say("/start")
    await other.tap("enter")
    await phone.tap("again")
    assert "$" not in phone.screen
    await Warden(offices[0].desk).look_round()
    assert "desde otro Telegram" in phone.screen
    assert not [m for m in phone.messages if "$" in m.get("text", "")]
    assert other.screen == "you have $ 1.000"


async def test_entering_again_before_the_first_session_is_cleaned(phone, sandbox, offices):
    await phone.say("/start")
    await phone.tap("enter")
    other = sandbox.phone(8, "Otro")
    await other.say("/start")
    await other.tap("enter")
    await phone.tap("again")
    await phone.tap("enter")
    await Warden(offices[0].desk).look_round()
    await phone.tap("again")
    assert phone.screen == "you have $ 1.000"
    assert "desde otro Telegram" in other.screen


async def test_a_file_is_made_sent_and_taken_away_with_the_session(phone, offices, database):
    courier = Courier(offices[1].desk, offices[1].workshop)
    await phone.say("/start")
    await phone.tap("enter")
    await phone.tap("paper")
    assert await courier.deliver_next()
    assert not await courier.deliver_next()
    assert [d.content for d in phone.documents] == [b"one for 7"]
    assert phone.screen == "you have $ 1.000"
    await phone.tap("out")
    assert phone.documents == []


async def test_a_file_of_an_ended_session_is_not_sent(phone, offices, database):
    courier = Courier(offices[0].desk, offices[0].workshop)
    await phone.say("/start")
    await phone.tap("enter")
    await phone.tap("paper")
    await phone.say("/salir")
    assert await courier.deliver_next()
    assert phone.documents == []
    async with database.unit() as connection:
        assert list(await connection.scalars(select(outbox.c.state))) == ["dropped"]
    await phone.tap("enter")
    assert phone.screen == "you have $ 1.000"
