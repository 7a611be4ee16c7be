"""The notes that follow a broadcast: at a modest pace, to its end, with its result."""

import asyncio
import json
from datetime import timedelta
from typing import Any

from sqlalchemy import select, update

from domain.broadcasts.broadcast import Progress, Stage, subject_of
from domain.broadcasts.rounds import PACE
from domain.notes import Note
from domain.notifications.categories import Category
from storage.broadcasts.under_way import UnderWayRepository
from storage.broadcasts.work import BroadcastWork
from storage.notifications.dead_letters import DeadLetterRepository
from storage.schema import (
    broadcast,
    notification_batch,
    outbox,
)
from storage.unit import unit_of_work
from tests.notifications.dispatch import TIMETABLE
from tests.notifications.test_staff_broadcasts import begin, change, do, progress, spread


async def lying(books, number: int, *chats: int) -> None:
    """Notes about it lie in these chats."""
    async with unit_of_work(books.database) as unit:
        for chat in chats:
            note = Note("broadcast", {"broadcast": number}, subject_of(number))
            await unit.notes.sent(chat, 5, note)


async def rewritten(books) -> list[int]:
    """The chats whose notes are to be written anew; they are, from here on."""
    async with books.database.unit() as connection:
        due = outbox.c.state == "due"
        rows = (await connection.execute(select(outbox).where(due))).all()
        await connection.execute(update(outbox).values(state="sent"))
    assert all(json.loads(row.payload)["message_id"] == 5 for row in rows)
    return sorted(row.chat_id for row in rows)


async def look(books) -> None:
    await do(books, lambda w: w.rounds.look(books.clock.now()))


async def test_the_notes_follow_at_a_modest_pace(books) -> None:
    number = await begin(books)
    await spread(books)
    await lying(books, number, 7, 8)
    await look(books)
    assert await rewritten(books) == [7, 8]
    await look(books)
    assert await rewritten(books) == []
    for row in await books.rows():
        await books.change(row.id, state="sent", channel="telegram", settled_at=books.clock.now())
        await look(books)
    assert await rewritten(books) == []
    books.clock.forward(seconds=PACE.total_seconds())
    await asyncio.gather(look(books), look(books))
    assert await rewritten(books) == [7, 8]
    books.clock.forward(seconds=60)
    await look(books)
    assert await rewritten(books) == []


class Hasty(UnderWayRepository):
    """Tells at every look."""

    async def take(self, broadcast_id: int, told: str, over: bool, at: Any) -> bool:
        return True


async def test_without_the_pace_every_look_would_write(books) -> None:
    number = await begin(books)
    await spread(books)
    await lying(books, number, 7)
    for _ in range(2):

        async def act(work: BroadcastWork) -> None:
            rounds = work.rounds
            loose = type(rounds)(Hasty(work.unit.connection), rounds.reading, rounds.notes)
            await loose.look(books.clock.now())

        await do(books, act)
        assert await rewritten(books) == [7]


async def test_a_chat_that_is_behind_is_not_given_more(books) -> None:
    number = await begin(books)
    await spread(books)
    await lying(books, number, 7)
    await look(books)
    (row, *_) = await books.rows()
    await books.change(row.id, state="sent", channel="telegram", settled_at=books.clock.now())
    books.clock.forward(minutes=1)
    await look(books)
    assert await rewritten(books) == [7]
    await look(books)
    assert await rewritten(books) == [7]


async def test_its_end_is_told_once_and_again_after_another_try(books) -> None:
    number = await begin(books)
    await spread(books)
    await lying(books, number, 7)
    for row in await books.rows():
        await books.change(row.id, state="dead", reason="gave_up", settled_at=books.clock.now())
    await change(books, notification_batch, notification_batch.c.id > 0, state="done")
    await look(books)
    assert await rewritten(books) == [7]
    async with books.database.unit() as connection:
        assert await connection.scalar(select(broadcast.c.end_told_at)) is not None
        letters = DeadLetterRepository(connection)
        assert await letters.revive(None, books.clock.now()) == 5
    shown = await do(books, lambda w: w.reading.told(number, books.clock.now()))
    assert shown
    assert shown.broadcast.stage is Stage.RUNNING
    books.clock.forward(minutes=1)
    await look(books)
    assert await rewritten(books) == [7]
    async with books.database.unit() as connection:
        assert await connection.scalar(select(broadcast.c.end_told_at)) is None


async def test_time_left_is_by_the_pace_of_the_last_minute(books) -> None:
    number = await begin(books)
    await spread(books)
    rows, now = list(await books.rows()), books.clock.now()
    for row, ago in zip(rows[:3], (300, 20, 10), strict=True):
        settled = {"settled_at": now - timedelta(seconds=ago), "channel": "telegram"}
        await books.change(row.id, state="sent", **settled)
    found = await progress(books, number)
    assert (found.sent, found.waiting, found.lately) == (3, 2, 2)
    assert found.left(now) == timedelta(seconds=20)
    assert Progress(5, chat=1, lately=1, lately_from=now).left(now) is None


async def test_what_waits_for_the_law_says_until_when(books) -> None:
    books.clock.forward(hours=12)
    number = await begin(books, Category.CONTRACT)
    await spread(books)
    found = await progress(books, number)
    assert found.next_at == TIMETABLE.earliest(Category.CONTRACT, books.clock.now())
    assert found.next_at > books.clock.now()


async def test_the_result_names_each_member_once(books) -> None:
    number = await begin(books)
    await spread(books)
    (first, *_) = await books.rows()
    await books.change(first.id, state="sent", channel="mail", settled_at=books.clock.now())

    async def act(work: BroadcastWork) -> Any:
        found = await work.broadcasts.one(number)
        assert found
        assert found.batch_id
        return await work.reading.results.fates(found.batch_id)

    fates = await do(books, act)
    assert [(f.number, f.state, f.channel) for f in fates] == [
        ("A00001", "sent", "mail"),
        *((f"A0000{n}", "queued", None) for n in range(2, 6)),
    ]
