"""Who sends too much is warned once and dropped, and nobody else notices."""

import asyncio
import logging

import pytest
from telegram import Update

from bot.chores import AuditWatch, Herald
from bot.reception import Reception
from bot.turnstile import BURST_MINUTES, Turnstile, Verdict, sender
from bot.updates import NARROW, ChatOrder
from domain.alarms import AlarmKind
from storage.alarms import AlarmRepository
from tests.audit.trail import verdict, write
from tests.keys import CHAIN
from tests.offices import HandClock

PER_MINUTE = 30
BURST = PER_MINUTE * BURST_MINUTES


class Watch:
    """Seconds that a test moves."""

    def __init__(self) -> None:
        self.seconds = 1000.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.fixture
def turnstile(watch: Watch) -> Turnstile:
    return Turnstile(PER_MINUTE, watch)


def flood(turnstile: Turnstile, count: int, account: int = 7) -> list[Verdict]:
    return [turnstile.judge(account) for _ in range(count)]


def test_a_burst_passes_one_is_warned_and_the_rest_dropped(turnstile):
    verdicts = flood(turnstile, BURST + 10)
    assert verdicts == [Verdict.PASS] * BURST + [Verdict.WARN] + [Verdict.DROP] * 9
    assert flood(turnstile, 3, account=8) == [Verdict.PASS] * 3


def test_who_goes_on_flooding_is_not_served_at_all(turnstile, watch):
    flood(turnstile, BURST + 1)
    for _ in range(600):
        watch.seconds += 0.1
        assert turnstile.judge(7) is Verdict.DROP


def test_who_calms_down_is_served_and_warned_again_only_after_a_calm(turnstile, watch):
    flood(turnstile, BURST + 1)
    watch.seconds += 2
    assert flood(turnstile, 3) == [Verdict.PASS, Verdict.DROP, Verdict.DROP]
    watch.seconds += 60 * BURST_MINUTES
    assert flood(turnstile, BURST + 1)[-2:] == [Verdict.PASS, Verdict.WARN]


def test_a_fast_member_is_never_turned_away(turnstile, watch):
    """A first entry takes some thirty taps; two a second is as fast as a thumb goes for long."""
    for _ in range(75):
        assert turnstile.judge(7) is Verdict.PASS
        watch.seconds += 0.5 if watch.seconds < 1015 else 2


def test_in_a_crowd_the_hasty_are_dropped_and_the_patient_served(turnstile, watch):
    """Two seconds after each other at first; twice as long for each second that it lasts."""
    for account in (7, 8):
        turnstile.judge(account)
    watch.seconds += 1.9
    assert turnstile.judge(7, crowded=1.0) is Verdict.DROP
    watch.seconds += 0.2
    assert turnstile.judge(8, crowded=1.0) is Verdict.PASS
    assert turnstile.judge(9, crowded=5.0) is Verdict.PASS
    watch.seconds += 5
    assert turnstile.judge(9, crowded=5.0) is Verdict.DROP
    assert turnstile.judge(7, crowded=0.5) is Verdict.PASS


def test_what_a_crowd_lasts_less_than_a_second_is_none(turnstile):
    assert [turnstile.judge(7, crowded=0.9) for _ in range(5)] == [Verdict.PASS] * 5


def test_accounts_that_have_gone_are_forgotten(turnstile, watch):
    for account in range(1000):
        turnstile.judge(account)
    watch.seconds += 60 * BURST_MINUTES
    turnstile.judge(5000)
    assert len(turnstile._buckets) == 1


@pytest.mark.parametrize(
    ("raw", "account"),
    [
        ({"update_id": 1, "message": {"from": {"id": 7}}}, 7),
        ({"update_id": 1, "callback_query": {"from": {"id": 8}}}, 8),
        ({"update_id": 1, "message": {}}, None),
        ({"update_id": 1, "my_chat_member": {"from": {"id": 9}}}, None),
    ],
)
def test_the_sender_is_found_without_reading_the_update(raw, account):
    assert sender(raw) == account


def said(number: int, account: int) -> dict:
    chat = {"id": account, "type": "private"}
    who = {"id": account, "is_bot": False, "first_name": "Ana"}
    message = {"message_id": number, "date": 0, "chat": chat, "from": who, "text": "hola"}
    return {"update_id": number, "message": message}


async def test_what_is_dropped_is_done_at_once_and_never_served(turnstile):
    served: list[int] = []
    warned: list[int] = []

    async def serve(update: Update) -> None:
        served.append(update.update_id)

    async def warn(update: Update) -> None:
        warned.append(update.update_id)

    reception = Reception(None, ChatOrder(serve), turnstile, warn)
    work = [reception.receive(said(n, 7), 0.0) for n in range(1, 201)]
    assert all(done.done() for done in work[BURST + 1 :])
    await asyncio.gather(*work)
    assert served == list(range(1, BURST + 1))
    assert warned == [BURST + 1]


async def test_who_does_not_wait_for_answers_keeps_nobody_else_waiting():
    """Two hundred chats with twenty updates each: few of them at a time, the patient at once."""
    at_once, most, order_of = 0, 0, {}
    door, queued = asyncio.Lock(), asyncio.Event()

    async def serve(update: Update) -> None:
        nonlocal at_once, most
        at_once += 1
        most = max(most, at_once)
        async with door:
            await asyncio.sleep(0)
        at_once -= 1
        if most >= 200 and at_once <= NARROW:
            queued.set()
        order_of.setdefault(update.effective_chat.id, []).append(update.update_id)

    order = ChatOrder(serve)
    pushing = [
        order.start(Update.de_json(said(n, chat), None))
        for chat in range(1, 201)
        for n in range(1, 21)
    ]
    await queued.wait()
    most = 0
    for _ in range(20):
        await order.start(Update.de_json(said(1, 999), None))
    assert most <= NARROW + 1
    await asyncio.gather(*pushing)
    assert all(order_of[chat] == list(range(1, 21)) for chat in range(1, 201))


async def test_the_log_holds_the_head_of_the_audit_trail(database, caplog, capsys):
    await write(database, range(3))
    await AuditWatch(database, CHAIN).note_head()
    head = (await verdict(database)).head
    assert head
    assert head in "".join(capsys.readouterr()) + caplog.text


async def test_alarms_are_said_aloud_once(database, capsys, caplog):
    caplog.set_level(logging.ERROR)
    clock = HandClock()
    async with database.unit() as connection:
        params = {"failures": 60, "usual": 10}
        await AlarmRepository(connection).raise_alarm(AlarmKind.SPRAYING, params, clock.now())
    herald = Herald(database, clock)
    await herald.announce()
    await herald.announce()
    told = "".join(capsys.readouterr()) + caplog.text
    assert told.count("spraying") == 1
    assert "failures=60" in told
