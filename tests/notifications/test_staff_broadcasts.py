"""What employees send to many: the count that they see, a pause that holds, notes that follow."""

from collections import Counter
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

import pytest
from sqlalchemy import insert, select, update

from domain.broadcasts.audience import Reach
from domain.broadcasts.broadcast import NewBroadcast, Progress
from domain.notifications.categories import Category
from domain.notifications.messages import Message
from domain.notifications.preferences import Preferences
from domain.notifications.segments import Segment
from domain.notifications.sending import Channel
from domain.staff.people import Role
from handlers.kit.texts import filled
from storage.broadcasts.work import BroadcastWork
from storage.cooperative_file import read_cooperative
from storage.notifications.audience import AudienceRepository
from storage.notifications.broadcasts import Broadcasting
from storage.notifications.claims import ClaimRepository
from storage.notifications.preferences import PreferenceRepository
from storage.notifications.sending import SendingRepository
from storage.schema import (
    closed_chat,
    credential,
    member,
    notification_batch,
    staff,
)
from storage.unit import unit_of_work
from tests.keys import SECRETS
from tests.notifications.dispatch import DEMO, ENVELOPES, TIMETABLE
from tests.statement_rows import add_product

T = TypeVar("T")
TELEGRAM = Channel.TELEGRAM


async def do(books, act: Callable[[BroadcastWork], Awaitable[T]]) -> T:
    async with unit_of_work(books.database) as unit:
        return await act(BroadcastWork(unit, SECRETS, read_cooperative(DEMO), filled))


async def begin(books, category: Category = Category.SECURITY) -> int:
    """A broadcast to everybody, handed to the sender."""
    message = Message(category, "Cuidado con las llamadas falsas")

    async def act(work: BroadcastWork) -> int:
        row = {"name": "Luz", "role": Role.BROADCASTER.value, "created_at": books.clock.now()}
        known = await work.unit.connection.scalar(select(staff.c.id))
        if known is None:
            added = insert(staff).values(row).returning(staff.c.id)
            known = (await work.unit.connection.execute(added)).scalar_one()
        new = NewBroadcast(known, 7, message, Segment(), "Cuidado", 5, 50, books.clock.now())
        number = await work.broadcasts.ask(new)
        await work.broadcasts.start(number, books.clock.now())
        return number

    return await do(books, act)


async def spread(books) -> None:
    work = Broadcasting(books.database, books.clock, ENVELOPES, TIMETABLE)
    while await work.run_once():
        pass


async def progress(books, number: int) -> Progress:
    shown = await do(books, lambda w: w.reading.told(number, books.clock.now()))
    assert shown
    assert shown.progress
    return shown.progress


async def change(books, table: Any, where: Any, **values: Any) -> None:
    async with books.database.unit() as connection:
        await connection.execute(update(table).where(where).values(values))


@pytest.fixture
async def mixed(books):
    """1 has a chat; 2 blocked it, 3 never entered, 4 was barred; 5 has neither chat nor address."""
    async with books.database.unit() as connection:
        await connection.execute(
            insert(closed_chat).values(chat_id=102, closed_at=books.clock.now())
        )
    await books.bind(3, None)
    await books.bind(5, None)
    await change(books, credential, credential.c.member_id == 4, locked_at=books.clock.now())
    await change(books, member, member.c.id == 5, email=None)
    return books


EVERYBODY = Segment()


async def reach(books, category: Category, segment: Segment = EVERYBODY) -> Reach:
    async with books.database.unit() as connection:
        return await AudienceRepository(connection).reach(segment, category, books.clock.now())


async def test_the_count_is_by_the_way_that_each_takes(mixed) -> None:
    assert await reach(mixed, Category.CONTRACT) == Reach(1, 3, 0, 1)
    assert await reach(mixed, Category.COMMUNITY) == Reach(1, 0, 0, 4)
    assert await reach(mixed, Category.COMMERCIAL) == Reach(0, 0, 5, 0)
    async with mixed.database.unit() as connection:
        chosen = PreferenceRepository(connection)
        for who, category, wanted in (
            (1, Category.COMMERCIAL, True),
            (2, Category.COMMUNITY, False),
        ):
            await chosen.keep(who, Preferences({category: wanted}), mixed.clock.now())
    assert await reach(mixed, Category.COMMUNITY) == Reach(1, 0, 1, 3)
    assert await reach(mixed, Category.COMMERCIAL) == Reach(1, 0, 4, 0)


async def test_the_count_is_what_the_sender_then_does(mixed, dispatch) -> None:
    await dispatch.phone(1)
    counted = await reach(mixed, Category.CONTRACT)
    number = await begin(mixed, Category.CONTRACT)
    await spread(mixed)
    await dispatch.send()
    done = await progress(mixed, number)
    assert (done.chat, done.mail, done.skipped, done.failed) == (
        counted.chat,
        counted.mail,
        counted.refused,
        counted.unreachable,
    )


async def test_how_late_a_member_is_goes_by_their_worst_credit(books) -> None:
    async with books.database.unit() as connection:
        await add_product(connection, 1, 10, "credit", days_past_due=0)
        await add_product(connection, 1, 11, "credit", days_past_due=45)
        await add_product(connection, 2, 20, "credit", days_past_due=0)
    for span, count in (((0, 0), 1), ((1, 30), 0), ((31, 60), 1)):
        found = await reach(books, Category.SECURITY, Segment(past_due=span))
        assert found.total == count, span


async def test_a_pause_holds_what_was_taken_and_not_begun(books) -> None:
    number = await begin(books)
    await spread(books)
    (claim, *_) = await books.claim(1)
    assert await do(books, lambda w: w.broadcasts.pause(number))
    async with books.database.unit() as connection:
        begun = await SendingRepository(connection).begin(claim, TELEGRAM, 101, books.clock.now())
        assert not begun
        await ClaimRepository(connection).release([claim])
    assert await books.claim() == []
    assert await do(books, lambda w: w.broadcasts.resume(number))
    assert len(await books.claim()) == 5


async def test_without_the_control_a_pause_would_hold_nothing(books, monkeypatch) -> None:
    for module in ("claims", "sending"):
        states = ("expanding", "open", "paused")
        monkeypatch.setattr(f"storage.notifications.{module}.OPEN", states)
    number = await begin(books)
    await spread(books)
    assert await do(books, lambda w: w.broadcasts.pause(number))
    assert len(await books.claim()) == 5


async def test_paused_while_it_is_made_it_goes_on_where_it_was(books, monkeypatch) -> None:
    monkeypatch.setattr("storage.notifications.broadcasts.AT_ONCE", 2)
    number = await begin(books)
    work = Broadcasting(books.database, books.clock, ENVELOPES, TIMETABLE)
    assert await work.run_once()
    assert await do(books, lambda w: w.broadcasts.pause(number))
    assert not await work.run_once()
    assert (await progress(books, number)).total == 5
    assert await do(books, lambda w: w.broadcasts.resume(number))
    await spread(books)
    assert [row.member_id for row in await books.rows()] == [1, 2, 3, 4, 5]
    (row,) = await batches(books)
    assert (row.state, row.resumes) == ("open", None)


async def batches(books) -> list[Any]:
    async with books.database.unit() as connection:
        return list(await connection.execute(select(notification_batch)))


async def test_cancelled_while_it_is_made_the_rest_counts_as_cancelled(books, monkeypatch) -> None:
    monkeypatch.setattr("storage.notifications.broadcasts.AT_ONCE", 2)
    number = await begin(books)
    work = Broadcasting(books.database, books.clock, ENVELOPES, TIMETABLE)
    assert await work.run_once()
    assert await do(books, lambda w: w.broadcasts.cancel(number, books.clock.now()))
    await spread(books)
    done = await progress(books, number)
    assert (done.total, done.cancelled, done.waiting, done.percent) == (5, 5, 0, 0)


async def test_a_kill_between_two_steps_loses_and_repeats_nothing(books, dispatch) -> None:
    """Another process goes on from what is written."""
    for member_id in range(1, 6):
        await dispatch.phone(member_id)
    number = await begin(books)
    await spread(books)
    await books.claim(2)
    assert await do(books, lambda w: w.broadcasts.pause(number))
    await dispatch.later(minutes=2)
    assert (await progress(books, number)).sent == 0
    assert await do(books, lambda w: w.broadcasts.resume(number))
    await dispatch.send()
    assert Counter(row.state for row in await books.rows()) == {"sent": 5}
