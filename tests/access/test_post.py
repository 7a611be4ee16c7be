"""The mail sender: crashes, refusals, unknown outcomes, hostile addresses."""

import asyncio
from datetime import UTC, datetime, timedelta
from email.utils import parseaddr

import pytest

from domain.access.letters import Letter
from storage.post.delivery import TIMEOUT_SECONDS, Delivery, Outcome, compose
from storage.post.queue import LEASE, MailQueueRepository
from storage.post.sender import MAX_TRIES
from storage.post.server import SmtpServer
from storage.schema import entry_attempt, mail
from tests.access.world import NO_PAUSE, PIN, World

AT = datetime(2026, 11, 2, tzinfo=UTC)
LETTER = Letter("Asunto", "Texto", "<p>Texto</p>")


async def ask(world: World, account: int = 1) -> None:
    await world.person(account).ask_code("40123123", PIN)


async def states(world: World) -> list[tuple[str, int]]:
    return [(row.state, row.tries) for row in await world.rows(mail)]


async def test_a_refusal_for_now_is_tried_again_with_another_code(world: World) -> None:
    await world.enrol()
    await ask(world)
    world.mailbox.answers = ["451 try later"]
    await world.deliver()
    (first,) = await world.rows(entry_attempt)
    assert await states(world) == [("due", 1)]
    world.clock.forward(seconds=3)
    await world.deliver()
    (second,) = await world.rows(entry_attempt)
    assert await states(world) == [("sent", 2)]
    assert first.code_hash != second.code_hash


async def test_an_unknown_outcome_never_sends_the_same_code(world: World) -> None:
    await world.enrol()
    rosa = world.person(1)
    await rosa.ask_code("40123123", PIN)
    world.mailbox.answers = ["lost"]
    await world.deliver()
    world.clock.forward(seconds=3)
    await world.deliver()
    maybe, sure = world.mailbox.codes
    assert maybe != sure
    await rosa.say(maybe)
    assert "No pudimos comprobar" in rosa.screen
    await rosa.say(sure)
    assert rosa.session is not None


async def test_unknown_outcomes_count_as_sends(world: World) -> None:
    await world.enrol()
    await ask(world)
    world.mailbox.answers = ["lost"] * 20
    for _ in range(20):
        await world.deliver()
        world.clock.forward(seconds=60)
    assert len(world.mailbox.codes) <= world.policies.codes_per_hour


async def test_a_refusal_for_good_is_the_end(world: World) -> None:
    await world.enrol()
    await ask(world)
    world.mailbox.answers = ["550 no such mailbox"]
    await world.deliver()
    assert await states(world) == [("dead", 1)]


async def test_a_server_that_is_away_is_tried_some_times(
    world: World, capsys: pytest.CaptureFixture[str]
) -> None:
    await world.enrol(pin=None)
    world.clock.instant += world.policies.first_key_life
    await ask(world)
    world.smtp_port = 1
    for _ in range(MAX_TRIES + 2):
        await world.deliver()
        world.clock.forward(minutes=5)
    assert await states(world) == [("dead", MAX_TRIES)]
    said = capsys.readouterr().out
    assert "mail is dead" in said
    assert "rosa@" not in said


async def test_a_crash_after_the_lease_loses_nothing(world: World) -> None:
    await world.enrol()
    await ask(world)
    async with world.database.unit() as connection:
        assert await MailQueueRepository(connection).lease(world.clock.now(), 10)
    await world.deliver()
    assert world.mailbox.codes == []
    world.clock.forward(seconds=61)
    await world.deliver()
    assert len(world.mailbox.codes) == 1


async def test_a_slow_holder_is_kept_out(world: World) -> None:
    await world.enrol()
    await ask(world)
    async with world.database.unit() as connection:
        (slow,) = await MailQueueRepository(connection).lease(world.clock.now(), 10)
    world.clock.forward(seconds=61)
    async with world.database.unit() as connection:
        assert await MailQueueRepository(connection).lease(world.clock.now(), 10)
    async with world.database.unit() as connection:
        queue = MailQueueRepository(connection)
        assert not await queue.still_wanted(slow)
        await queue.settle(slow, "sent")
    assert await states(world) == [("due", 2)]


async def test_two_senders_send_each_letter_once(world: World) -> None:
    world.with_policies(**NO_PAUSE)
    await world.enrol()
    for account in range(1, 6):
        await ask(world, account)
    await asyncio.gather(*(world.postman.run_once() for _ in range(4)))
    await world.deliver()
    assert len(world.mailbox.letters) == 5
    assert len(set(world.mailbox.codes)) == 5


async def test_a_code_is_not_sent_when_its_attempt_is_over(world: World) -> None:
    await world.enrol()
    await ask(world)
    world.clock.instant += world.policies.attempt_life
    await world.deliver()
    assert await states(world) == [("dropped", 1)]
    assert world.mailbox.letters == []


@pytest.mark.parametrize(
    "address",
    [
        "a@b.example\r\nBcc: thief@evil.example",
        "a@b.example\nSubject: x",
        "a@b.example, thief@evil.example",
        "no address",
        "",
        "a@",
        "@b.example",
        "<a@b.example>",
    ],
)
async def test_hostile_addresses_are_refused(address: str) -> None:
    delivery = Delivery(SmtpServer("127.0.0.1", 1), "a@b.example")
    assert await delivery.deliver(LETTER, address, AT) is Outcome.REFUSED


def test_a_hostile_subject_is_refused() -> None:
    with pytest.raises(ValueError, match="linefeed"):
        compose(Letter("a\r\nBcc: x@y.example", "", ""), "a@b.example", "a@b.example", AT)


def test_headers_are_exactly_these() -> None:
    message = compose(LETTER, "El Tablero <no@b.example>", "rosa@c.example", AT)
    names = {name.lower() for name, _ in message.items()}
    assert names == {
        *("from", "to", "subject", "date", "message-id", "auto-submitted"),
        *("mime-version", "content-type"),
    }
    assert parseaddr(message["From"])[1] == "no@b.example"


@pytest.mark.parametrize(
    ("url", "server"),
    [
        ("smtp://127.0.0.1:2525", SmtpServer("127.0.0.1", 2525)),
        ("smtp://mail.example", SmtpServer("mail.example", 587)),
        ("smtps://u%40x:p%2Fw@mail.example", SmtpServer("mail.example", 465, True, "u@x", "p/w")),
    ],
)
def test_addresses_of_servers(url: str, server: SmtpServer) -> None:
    assert SmtpServer.parse(url) == server


@pytest.mark.parametrize("url", ["http://x", "smtp://", "mail.example:25", "smtp://u:topsecret@"])
def test_bad_addresses_do_not_show_the_password(url: str) -> None:
    with pytest.raises(ValueError, match="COOPBOT_SMTP_URL") as error:
        SmtpServer.parse(url)
    assert "topsecret" not in str(error.value)


def test_a_password_travels_only_over_tls() -> None:
    assert SmtpServer.parse("smtp://u:p@mail.example").start_tls is True
    assert SmtpServer.parse("smtp://mail.example").start_tls is None
    assert SmtpServer.parse("smtps://u:p@mail.example").implicit_tls
    assert "p" not in repr(SmtpServer("h", 1, False, "u", "p")).partition("username")[2][9:]


def test_leases_outlast_a_send() -> None:
    assert timedelta(seconds=2 * TIMEOUT_SECONDS) < LEASE
