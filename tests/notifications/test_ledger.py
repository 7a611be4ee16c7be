"""Accepting and taking in hand, on both engines."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import select, text, update
from sqlalchemy.dialects import sqlite

from domain.members import Document, DocumentType
from domain.notifications.acceptance import Accepted, Draft, Rejected
from domain.notifications.categories import Category
from domain.notifications.messages import Priority
from domain.notifications.outcomes import State, Verdict
from domain.notifications.sending import Channel
from storage.database import Database
from storage.notifications.claims import SINGLES, ClaimRepository, Lane, next_of
from storage.notifications.ledger import LedgerRepository
from storage.notifications.sending import SendingRepository
from storage.schema import notification
from tests.notifications.books import CORE, ENVELOPES


async def test_what_is_accepted_is_kept_and_named(books):
    fates = await books.accept(books.draft(1, "uno"), books.draft(2, "dos"))
    assert [type(fate) for fate in fates] == [Accepted, Accepted]
    rows = await books.rows()
    assert [row.member_id for row in rows] == [1, 2]
    assert len({row.reference for row in rows}) == 2
    assert all(len(row.reference) == 5 for row in rows)


async def test_a_member_is_found_by_document_as_well(books):
    draft = books.draft(1)
    by_document = Draft("d1", Document(DocumentType.CC, "50000002"), draft.message, "f")
    (fate,) = await books.accept(by_document)
    assert isinstance(fate, Accepted)
    assert (await books.row(fate.id)).member_id == 2


async def test_strangers_are_told_apart_and_the_others_go(books):
    fates = await books.accept(books.draft(1), books.draft(99), books.draft(2))
    assert [type(fate) for fate in fates] == [Accepted, Rejected, Accepted]
    assert fates[1].flaw.code == "unknown"
    assert len(await books.rows()) == 2


async def test_the_same_twice_is_accepted_once(books):
    draft = books.draft(1, "pago", external_id="pay-1")
    (first,) = await books.accept(draft)
    (second,) = await books.accept(draft)
    assert second.repeated
    assert second.id == first.id
    assert second.reference == first.reference
    assert len(await books.rows()) == 1


async def test_another_content_under_the_same_name_is_refused(books):
    await books.accept(books.draft(1, "pago", external_id="pay-1"))
    (fate,) = await books.accept(books.draft(1, "otro", external_id="pay-1"))
    assert isinstance(fate, Rejected)
    assert (fate.flaw.field, fate.flaw.code) == ("external_id", "taken")


async def test_another_program_has_names_of_its_own(books):
    draft = books.draft(1, external_id="pay-1")
    (first,) = await books.accept(draft)
    (second,) = await books.accept(draft, client="portal")
    assert first.id != second.id


async def test_the_same_name_twice_in_one_upload(books):
    twins = [books.draft(1, external_id="a"), books.draft(2, external_id="a")]
    fates = await books.accept(*twins, books.draft(3, external_id="b"))
    assert [type(fate) for fate in fates] == [Accepted, Rejected, Accepted]
    assert fates[1].flaw.code == "repeated"


async def test_contacts_are_planned_on_different_days(books):
    fates = await books.accept(
        *(books.draft(1, category=Category.REMINDER) for _ in range(3)),
        books.draft(2, category=Category.REMINDER),
    )
    days = [fate.due.date().isoformat() for fate in fates]
    assert days == ["2026-11-04", "2026-11-05", "2026-11-06", "2026-11-04"]
    (later,) = await books.accept(books.draft(1, category=Category.ARREARS))
    assert later.due.date().isoformat() == "2026-11-07"


async def test_what_cannot_go_before_it_expires_is_refused_with_the_hour(books, clock):
    clock.forward(hours=14)
    soon = clock.now() + timedelta(hours=1)
    (fate,) = await books.accept(books.draft(1, category=Category.REMINDER, expires_at=soon))
    assert (fate.flaw.field, fate.flaw.code) == ("expires_at", "before_opening")
    assert "2026-11-05T12:00:00+00:00" in fate.flaw.detail


async def test_a_one_time_code_is_never_kept_in_clear(books, database):
    number = await books.tell(1, "Su código es 482913", category=Category.CODE)
    async with database.unit() as connection:
        kept = await connection.scalar(
            select(notification.c.content).where(notification.c.id == number)
        )
    assert "482913" not in kept
    assert ENVELOPES.unpack(kept).html == "Su código es 482913"
    (claim,) = await books.claim()
    assert "482913" not in repr(claim)


async def test_a_members_notifications_come_one_at_a_time_in_order(books, database):
    first, second = await books.tell(1, "a"), await books.tell(1, "b")
    other = await books.tell(2, "c")
    assert [claim.id for claim in await books.claim()] == [first, other]
    assert await books.claim() == []
    await books.change(first, state="sent")
    assert [claim.id for claim in await books.claim()] == [second]


@pytest.mark.parametrize("state", ["retry", "leased", "sending"])
async def test_an_earlier_one_under_way_holds_the_later_back(books, clock, state):
    first, _ = await books.tell(1), await books.tell(1)
    later = clock.now() + timedelta(minutes=5)
    await books.change(first, state=state, not_before=later, lease_until=later)
    assert await books.claim() == []


@pytest.mark.parametrize("state", ["sent", "dead", "unknown", "skipped", "cancelled"])
async def test_a_final_one_lets_the_later_go(books, state):
    first, second = await books.tell(1), await books.tell(1)
    await books.change(first, state=state)
    assert [claim.id for claim in await books.claim()] == [second]


async def test_one_that_waits_for_its_hour_holds_nobody_back(books, clock):
    tomorrow = clock.now() + timedelta(days=1)
    planned = await books.tell(1, not_before=tomorrow)
    now = await books.tell(1)
    assert [claim.id for claim in await books.claim()] == [now]
    await books.change(now, state="sent")
    clock.forward(days=1)
    assert [claim.id for claim in await books.claim()] == [planned]


async def test_urgent_ones_overtake(books):
    await books.tell(1)
    await books.claim()
    code = await books.tell(1, category=Category.CODE, priority=Priority.URGENT)
    assert [claim.id for claim in await books.claim()] == [code]


async def test_singles_go_before_batches_and_low_ones_last(books):
    low = await books.tell(4, priority=Priority.LOW)
    await books.batch(2, 3)
    single = await books.tell(1)
    claims = await books.claim(limit=3)
    assert claims[0].id == single
    assert {claim.member_id for claim in claims} == {1, 2, 3}
    assert [claim.id for claim in await books.claim()] == [low]


async def test_batches_go_one_after_the_other(books):
    first, second = await books.batch(1, 2), await books.batch(3, 4)
    claims = await books.claim(limit=3)
    assert [claim.member_id for claim in claims] == [1, 2, 3]
    assert first < second


@pytest.mark.parametrize("state", ["receiving", "paused", "cancelled"])
async def test_a_batch_that_is_not_open_waits_and_holds_nobody_back(books, state):
    batch = await books.batch(1, 2, state=state)
    single = await books.tell(1)
    assert [claim.id for claim in await books.claim()] == [single]
    if state != "cancelled":
        await books.set_batch(batch, state="open")
        assert [claim.member_id for claim in await books.claim()] == [2]


async def test_a_batch_accepted_earlier_goes_earlier_for_the_same_member(books):
    batch = await books.batch(1)
    single = await books.tell(1)
    (claim,) = await books.claim()
    assert claim.id != single
    assert (await books.row(claim.id)).batch_id == batch


async def test_nobody_takes_the_same_twice_at_once(books):
    for _ in range(10):
        for member in range(1, 6):
            await books.tell(member)
    found = await asyncio.gather(*(books.claim(3) for _ in range(6)))
    ids = [claim.id for claims in found for claim in claims]
    assert len(ids) == len(set(ids))


async def test_a_lease_that_ran_out_is_taken_over(books, database, clock):
    leased, sending = await books.tell(1), await books.tell(2)
    await books.claim()
    await books.change(sending, state="sending")
    clock.forward(seconds=59)
    async with database.unit() as connection:
        assert await ClaimRepository(connection).lost(clock.now()) == []
    clock.forward(seconds=2)
    async with database.unit() as connection:
        lost = await ClaimRepository(connection).lost(clock.now())
    assert [claim.id for claim in lost] == [sending]
    assert (await books.row(leased)).state == "queued"


async def test_the_former_holder_settles_nothing(books, database, clock):
    number = await books.tell(1)
    (old,) = await books.claim()
    clock.forward(minutes=2)
    async with database.unit() as connection:
        await ClaimRepository(connection).lost(clock.now())
    (new,) = await books.claim()
    async with database.unit() as connection:
        sending = SendingRepository(connection)
        await sending.settle(old, Verdict(State.DEAD), clock.now())
        assert not await sending.begin(old, Channel.TELEGRAM, 101, clock.now())
    assert (await books.row(number)).state == "leased"
    assert (await books.row(number)).fence == new.fence


async def test_only_what_waits_is_cancelled_and_only_ones_own(books, database, clock):
    waiting, held = await books.tell(1), await books.tell(2)
    async with database.unit() as connection:
        await connection.execute(
            update(notification).where(notification.c.id == held).values(state="sending")
        )
        ledger = LedgerRepository(connection, ENVELOPES)
        assert not await ledger.cancel("portal", waiting, clock.now())
        assert not await ledger.cancel(CORE, held, clock.now())
        assert await ledger.cancel(CORE, waiting, clock.now())
        assert not await ledger.cancel(CORE, waiting, clock.now())
    assert (await books.row(waiting)).state == "cancelled"


@pytest.mark.parametrize("lane", [SINGLES, Lane(1, 1)])
async def test_the_claim_uses_its_indexes(sqlite_url, clock, lane):
    database = Database(sqlite_url)
    query = next_of(lane, Priority.NORMAL, clock.now(), 10)
    compiled = query.compile(dialect=sqlite.dialect(), compile_kwargs={"literal_binds": True})
    async with database.unit() as connection:
        plan = (await connection.execute(text(f"EXPLAIN QUERY PLAN {compiled}"))).all()
    await database.close()
    steps = " | ".join(row.detail for row in plan)
    assert "ix_notification_due" in steps, steps
    assert "ix_notification_pending" in steps, steps
    assert "SCAN notification" not in steps, steps
    assert "TEMP B-TREE" not in steps, steps
