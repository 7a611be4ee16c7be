"""Every answer of Telegram, in every class: what the member reads and what the ledger says."""

import asyncio
import re

import pytest
from sqlalchemy import select

from bot.sandbox import faults
from domain.notifications.categories import Category
from domain.notifications.preferences import Preferences
from storage.notifications.preferences import PreferenceRepository
from storage.schema import closed_chat
from tests.notifications.dispatch import open_sender, told

ENGINES = ("sqlite",)
REFERENCE = re.compile(r"Ref\. ([2-9A-Z]{5})")


@pytest.fixture
def answer_seconds() -> float:
    return 1.0


async def prefer(dispatch, member_id, **chosen):
    async with dispatch.books.database.unit() as connection:
        store = PreferenceRepository(connection)
        await store.keep(member_id, Preferences(**chosen), dispatch.books.clock.now())


@pytest.mark.parametrize(
    "fault",
    [
        faults.server_error(502),
        faults.hang(),
        faults.reset(),
        faults.truncated(),
        faults.accept_then_hang(),
        faults.accept_then_reset(),
    ],
    ids=lambda fault: fault.name,
)
async def test_in_doubt_a_notice_is_repeated_and_says_so(dispatch, fault):
    phone = await dispatch.phone(1)
    dispatch.sandbox.faults.add(fault, times=1, method="sendMessage")
    number = await dispatch.books.tell(1, "Su pago llegó")
    await dispatch.send()
    row = await dispatch.books.row(number)
    assert (row.state, row.tries, row.doubts) == ("retry", 1, 1)
    await dispatch.later(seconds=11)
    texts = told(phone)
    assert len(texts) == (2 if fault.accepts else 1)
    assert "por si no le llegó" in texts[-1]
    assert {REFERENCE.findall(text)[0] for text in texts} == {row.reference}
    assert (await dispatch.books.row(number)).state == "sent"


@pytest.mark.parametrize("fault", [faults.server_error(500), faults.accept_then_hang()])
async def test_in_doubt_a_code_is_never_repeated(dispatch, fault):
    phone = await dispatch.phone(1)
    dispatch.sandbox.faults.add(fault, times=1, method="sendMessage")
    number = await dispatch.books.tell(1, "Código 481516", category=Category.CODE)
    await dispatch.send()
    await dispatch.later(minutes=5)
    row = await dispatch.books.row(number)
    assert (row.state, row.reason) == ("unknown", "in_doubt")
    assert len(told(phone)) == int(fault.accepts)


async def test_of_a_code_nothing_is_left_once_it_is_final(dispatch):
    await dispatch.phone(1)
    number = await dispatch.books.tell(1, "Código 481516", category=Category.CODE)
    await dispatch.send()
    row = await dispatch.books.row(number)
    assert row.state == "sent"
    assert dispatch.sender.carrier.envelopes.unpack(row.content).html == ""


async def test_what_never_left_is_tried_again_without_doubt(dispatch, database, clock):
    phone = await dispatch.phone(1)
    number = await dispatch.books.tell(1)
    nowhere = "http://127.0.0.1:9"
    async with open_sender(dispatch.sandbox, database, clock, root=nowhere) as cut_off:
        await cut_off.run_once()
        await cut_off.finish()
    row = await dispatch.books.row(number)
    assert (row.state, row.tries, row.doubts) == ("retry", 1, 0)
    await dispatch.later(seconds=2)
    assert [REFERENCE.sub("", text).strip() for text in told(phone)] == ["x1"]


async def test_400_is_dead_at_once_and_lets_the_next_go(dispatch):
    phone = await dispatch.phone(1)
    dispatch.sandbox.faults.add(
        faults.refused(400, "Bad Request: can't parse entities"), times=1, method="sendMessage"
    )
    dead, good = await dispatch.books.tell(1), await dispatch.books.tell(1, "segundo")
    await dispatch.send()
    row = await dispatch.books.row(dead)
    assert (row.state, row.reason) == ("dead", "refused")
    assert (await dispatch.books.row(good)).state == "sent"
    assert "segundo" in told(phone)[-1]


async def test_a_wrong_token_stops_the_sender_and_loses_nothing(dispatch):
    await dispatch.phone(1)
    dispatch.sandbox.faults.add(faults.refused(401, "Unauthorized"), method="sendMessage")
    numbers = [await dispatch.books.tell(member) for member in (1, 2, 3)]
    await dispatch.send()
    assert dispatch.sender.carrier.limiter.paused_for > 50
    for number in numbers:
        row = await dispatch.books.row(number)
        assert row.state in ("retry", "queued")
        assert row.tries == 0


@pytest.mark.parametrize(
    "answer", [(403, "Forbidden: user is deactivated"), (400, "Bad Request: chat not found")]
)
async def test_a_chat_that_is_gone_is_closed_too(dispatch, answer):
    await dispatch.phone(1)
    dispatch.sandbox.faults.add(faults.refused(*answer), times=1, method="sendMessage")
    number = await dispatch.books.tell(1, category=Category.SECURITY)
    await dispatch.send()
    assert (await dispatch.books.row(number)).channel == "mail"
    async with dispatch.books.database.unit() as connection:
        assert list(await connection.scalars(select(closed_chat.c.chat_id))) == [101]


@pytest.mark.parametrize(
    ("sound", "silent", "quiet"),
    [(True, None, False), (False, None, True), (False, False, True), (True, True, True)],
)
async def test_with_or_without_a_sound(dispatch, sound, silent, quiet):
    await dispatch.phone(1)
    await prefer(dispatch, 1, sound=sound)
    await dispatch.books.tell(1, silent=silent)
    await dispatch.send()
    (call,) = dispatch.sandbox.ledger.of("sendMessage")
    assert str(call.params.get("disable_notification", False)).lower() == str(quiet).lower()


async def test_every_advertisement_has_its_way_out(dispatch):
    phone = await dispatch.phone(1)
    await prefer(dispatch, 1, choices={Category.COMMERCIAL: True})
    await dispatch.books.tell(1, "Viaje al Amazonas", category=Category.COMMERCIAL)
    await dispatch.send()
    assert phone.buttons[-1] == ["🔕 No recibir promociones"]


async def test_what_cannot_even_be_read_is_dead_and_the_others_go(dispatch):
    phone = await dispatch.phone(2)
    broken = await dispatch.books.tell(1)
    await dispatch.books.change(broken, content='{"sealed": "AAAA"}')
    await dispatch.books.tell(2, "entero")
    await dispatch.send()
    row = await dispatch.books.row(broken)
    assert (row.state, row.reason) == ("dead", "faulty")
    assert "entero" in told(phone)[-1]


async def test_closing_finishes_what_is_in_hand(dispatch):
    phone = await dispatch.phone(1)
    dispatch.sandbox.faults.add(faults.slow(0.3), method="sendMessage")
    number = await dispatch.books.tell(1)
    task = asyncio.ensure_future(dispatch.sender.run_once())
    await asyncio.sleep(0.15)
    await dispatch.sender.close()
    await task
    assert (await dispatch.books.row(number)).state == "sent"
    assert len(told(phone)) == 1


async def test_refused_and_expired_are_skipped_not_dead(dispatch):
    phone = await dispatch.phone(1)
    await prefer(dispatch, 1, choices={Category.COMMUNITY: False})
    unwanted = await dispatch.books.tell(1, category=Category.COMMUNITY)
    late = await dispatch.books.tell(
        1, "tarde", expires_at=dispatch.books.clock.now().replace(minute=5)
    )
    await dispatch.later(minutes=10)
    assert told(phone) == []
    assert (await dispatch.books.row(unwanted)).reason == "opted_out"
    row = await dispatch.books.row(late)
    assert (row.state, row.reason) == ("skipped", "expired")


async def test_who_was_never_here_gets_an_email_or_is_reported(dispatch):
    await dispatch.books.bind(1, None)
    mailed = await dispatch.books.tell(1, category=Category.OPERATION)
    dead = await dispatch.books.tell(1, category=Category.COMMUNITY)
    await dispatch.send()
    assert (await dispatch.books.row(mailed)).channel == "mail"
    row = await dispatch.books.row(dead)
    assert (row.state, row.reason) == ("dead", "unreachable")


async def test_outside_the_hours_it_waits_and_goes_at_the_opening(dispatch):
    phone = await dispatch.phone(1)
    number = await dispatch.books.tell(1, "cuota", category=Category.REMINDER)
    await dispatch.later(hours=12)
    assert told(phone) == []
    assert (await dispatch.books.row(number)).state == "queued"
    await dispatch.later(hours=9)
    assert len(told(phone)) == 1
