"""Sending: in order, at most one contact a day, one sender; what a crash and a block leave."""

import asyncio
import re
from datetime import timedelta

import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import OperationalError

from bot.sandbox import faults
from domain.notifications.buttons import Opener, Opens
from domain.notifications.categories import Category
from domain.notifications.messages import Priority
from domain.notifications.outcomes import State, Verdict
from domain.notifications.sending import Channel
from storage.notifications.dead_letters import DeadLetterRepository
from storage.notifications.reach import ReachRepository
from storage.notifications.sending import SendingRepository
from storage.schema import contact_day, contact_week, member
from tests.notifications.dispatch import open_sender, told

REFERENCE = re.compile(r"Ref\. ([2-9A-Z]{5})")


async def test_it_arrives_with_its_reference_and_buttons(dispatch):
    phone = await dispatch.phone(1)
    number = await dispatch.books.tell(
        1, "Su cuota <b>vence</b> mañana", buttons=(Opener(Opens.CREDITS), Opener(Opens.HELP, "¿?"))
    )
    await dispatch.send()
    row = await dispatch.books.row(number)
    assert told(phone) == [f"Su cuota vence mañana\n\nRef. {row.reference}"]
    assert phone.buttons == [["💳 Ver mis créditos"], ["¿?"]]
    assert (row.state, row.channel, row.chat_id) == ("sent", "telegram", 101)
    assert row.message_id == phone.message["message_id"]
    assert row.sending_at
    assert row.settled_at
    assert row.fence is None


async def test_each_member_hears_theirs_in_order(dispatch):
    phones = [await dispatch.phone(member) for member in (1, 2)]
    for n in range(6):
        await dispatch.books.tell(1 + n % 2, f"aviso {n}")
    await dispatch.send()
    assert [re.findall(r"aviso (\d)", text)[0] for text in told(phones[0])] == ["0", "2", "4"]
    assert [re.findall(r"aviso (\d)", text)[0] for text in told(phones[1])] == ["1", "3", "5"]


async def test_429_waits_exactly_as_told_and_uses_up_no_try(dispatch):
    phone = await dispatch.phone(1)
    dispatch.sandbox.faults.add(faults.too_many_requests(2), times=1)
    number = await dispatch.books.tell(1)
    await dispatch.send()
    row = await dispatch.books.row(number)
    assert (row.state, row.tries) == ("retry", 0)
    assert (row.not_before - dispatch.books.clock.now()).total_seconds() == 2
    assert 1 < dispatch.sender.carrier.limiter.paused_for <= 2
    await dispatch.later(seconds=1.9)
    assert told(phone) == []
    await dispatch.later(seconds=0.1)
    assert len(told(phone)) == 1


async def test_the_pause_outlives_a_restart(dispatch, database, clock):
    await dispatch.phone(1)
    dispatch.sandbox.faults.add(faults.too_many_requests(30), times=1)
    await dispatch.books.tell(1)
    await dispatch.send()
    await dispatch.books.tell(2)
    await dispatch.sender.close()
    async with open_sender(dispatch.sandbox, database, clock) as fresh:
        assert not await fresh.run_once()
        assert 25 < fresh.carrier.limiter.paused_for <= 30


async def test_a_blocked_chat_gets_an_email_where_that_is_allowed(dispatch):
    phone = await dispatch.phone(1)
    dispatch.sandbox.actions.block(phone.id, True)
    number = await dispatch.books.tell(1, "Su CDAT vence <b>pronto</b>", category=Category.CONTRACT)
    news = await dispatch.books.tell(1, "Asamblea el sábado", category=Category.COMMUNITY)
    await dispatch.send()
    row = await dispatch.books.row(number)
    assert (row.state, row.channel) == ("sent", "mail")
    (mail,) = dispatch.sandbox.mailbox.for_("m1@correo.example")
    assert mail.subject == "Cooperativa El Tablero: novedad de sus productos"
    assert "Su CDAT vence pronto" in mail.text
    assert f"Ref. {row.reference}" in mail.text
    assert "Hola, María Eugenia" in mail.text
    assert "@oficina_bot" in mail.text
    dead = await dispatch.books.row(news)
    assert (dead.state, dead.reason) == ("dead", "blocked")


async def test_a_chat_that_opened_again_is_written_to_again(dispatch):
    phone = await dispatch.phone(1)
    async with dispatch.books.database.unit() as connection:
        await ReachRepository(connection).close(101, dispatch.books.clock.now())
    async with dispatch.books.database.unit() as connection:
        await ReachRepository(connection).open(101)
    await dispatch.books.tell(1, "otra vez aquí")
    await dispatch.send()
    assert "otra vez aquí" in told(phone)[-1]


async def test_one_contact_a_day_whatever_was_planned(dispatch):
    phone = await dispatch.phone(1)
    first = await dispatch.books.tell(1, "cuota", category=Category.REMINDER)
    second = await dispatch.books.tell(1, "mora", category=Category.ARREARS)
    await dispatch.books.change(second, not_before=dispatch.books.clock.now())
    await dispatch.send()
    assert len(told(phone)) == 1
    row = await dispatch.books.row(second)
    assert row.state == "queued"
    assert row.not_before.isoformat() == "2026-11-05T12:00:00+00:00"
    await dispatch.later(days=1)
    assert "mora" in told(phone)[-1]
    async with dispatch.books.database.unit() as connection:
        days = (await connection.execute(select(contact_day).order_by(contact_day.c.day))).all()
        weeks = (await connection.execute(select(contact_week))).all()
    assert [row.notification_id for row in days] == [first, second]
    assert [(row.channel, row.week.isoformat()) for row in weeks] == [("telegram", "2026-11-02")]


async def test_a_contact_that_was_none_gives_the_day_back(dispatch):
    phone = await dispatch.phone(1)
    dispatch.sandbox.faults.add(
        faults.refused(400, "Bad Request: nonsense"), times=1, method="sendMessage"
    )
    await dispatch.books.tell(1, "mal escrito", category=Category.REMINDER)
    second = await dispatch.books.tell(1, "bien escrito", category=Category.REMINDER)
    await dispatch.books.change(second, not_before=dispatch.books.clock.now())
    await dispatch.send()
    assert "bien escrito" in told(phone)[-1]


async def test_cancelled_between_hand_and_call_it_is_not_sent(dispatch):
    phone = await dispatch.phone(1)
    batch = await dispatch.books.batch(1)
    (claim,) = await dispatch.books.claim()
    await dispatch.books.set_batch(batch, state="cancelled")
    await dispatch.sender.carrier.carry(claim)
    assert told(phone) == []
    assert (await dispatch.books.row(claim.id)).state == "queued"


async def test_a_holder_that_vanished_leaves_one_doubt(dispatch):
    phone = await dispatch.phone(1)
    number = await dispatch.books.tell(1, "Su pago llegó")
    dispatch.sandbox.faults.add(faults.accept_then_hang(), times=1, method="sendMessage")
    task = asyncio.ensure_future(dispatch.sender.run_once())
    await phone.until(lambda p: len(told(p)) == 1)
    for each in (task, *dispatch.sender._tasks):
        each.cancel()
    await asyncio.gather(task, *dispatch.sender._tasks, return_exceptions=True)
    assert (await dispatch.books.row(number)).state == "sending"
    await dispatch.later(seconds=61)
    await dispatch.later(seconds=11)
    assert "por si no le llegó" in told(phone)[-1]


async def test_two_replicas_and_one_sender(dispatch, database, clock):
    await dispatch.books.tell(1)
    await dispatch.sender.run_once()
    await dispatch.sender.finish()
    async with open_sender(dispatch.sandbox, database, clock) as other:
        leads = await other.leadership.held()
        assert leads == database.is_sqlite
        await dispatch.sender.close()
        assert await other.leadership.held()


async def test_a_contact_that_never_came_about_gives_the_day_back(dispatch):
    phone = await dispatch.phone(1)
    async with dispatch.books.database.unit() as connection:
        await connection.execute(update(member).where(member.c.id == 1).values(email=None))
    dispatch.sandbox.actions.block(phone.id, True)
    dead = await dispatch.books.tell(1, "cuota", category=Category.REMINDER)
    await dispatch.send()
    assert (await dispatch.books.row(dead)).reason == "blocked"
    async with dispatch.books.database.unit() as connection:
        for table in (contact_day, contact_week):
            assert (await connection.execute(select(table))).all() == []


async def test_a_week_in_which_others_used_the_channel_stays_theirs(dispatch):
    await dispatch.phone(1)
    nothing = faults.refused(400, "Bad Request: nonsense")
    first = await dispatch.books.tell(1, "lunes", category=Category.REMINDER)
    (claim,) = await dispatch.books.claim()
    async with dispatch.books.database.unit() as connection:
        sending = SendingRepository(connection)
        assert await sending.begin(claim, Channel.TELEGRAM, 101, dispatch.books.clock.now())
        not_sent = Verdict(State.RETRY, not_before=dispatch.books.clock.now() + timedelta(days=2))
        await sending.settle(claim, not_sent, dispatch.books.clock.now())
    await dispatch.books.tell(1, "martes", category=Category.ARREARS, priority=Priority.URGENT)
    await dispatch.later(days=1)
    dispatch.sandbox.faults.add(nothing, times=1, method="sendMessage")
    await dispatch.later(days=1)
    assert (await dispatch.books.row(first)).state == "dead"
    async with dispatch.books.database.unit() as connection:
        (week,) = (await connection.execute(select(contact_week))).all()
    assert week.channel == "telegram"


async def test_a_fault_of_the_database_is_no_verdict_on_the_notification(dispatch, monkeypatch):
    phone = await dispatch.phone(1)
    number = await dispatch.books.tell(1, "Su pago llegó")

    async def fail(*_: object) -> None:
        raise OperationalError("SELECT", {}, Exception("database is locked"))

    with monkeypatch.context() as broken:
        broken.setattr(SendingRepository, "receiver", fail)
        await dispatch.sender.run_once()
        await dispatch.sender.finish()
    assert (await dispatch.books.row(number)).state == "leased"
    await dispatch.later(seconds=61)
    assert "Su pago llegó" in told(phone)[-1]


@pytest.mark.parametrize("state", ["done", "cancelled"])
async def test_a_dead_letter_of_a_batch_is_tried_again_unless_that_was_cancelled(dispatch, state):
    phone, now = await dispatch.phone(1), dispatch.books.clock.now()
    batch = await dispatch.books.batch(1)
    (row,) = await dispatch.books.rows()
    await dispatch.books.change(row.id, state="dead", reason="refused", settled_at=now)
    await dispatch.books.set_batch(batch, state=state, ended_at=now)
    async with dispatch.books.database.unit() as connection:
        letters = DeadLetterRepository(connection)
        assert await letters.requeue([row.id], None, now) == int(state == "done")
    await dispatch.send()
    assert len(told(phone)) == int(state == "done")
