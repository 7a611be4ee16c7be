"""Leads from the sending to the outcome, on both engines."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import update

from domain.leads.attending import ENDED, TAKEN, Refused
from domain.leads.lead import LONGEST_NOTE, Lead, LeadState, Outcome
from domain.leads.sending import NEWS_TO_STAFF, TooManyLeads
from storage.leads.repository import LeadRepository
from storage.schema import staff
from tests.leads.world import (
    ANA,
    CLARA,
    DIEGO,
    WISH,
    Told,
    add_staff,
    attending,
    history,
    members,
    row_of,
    sending,
    visitors,
    withdrawing,
)
from tests.statement_rows import add_member


@pytest.fixture
async def notes(database, now) -> Told:
    """Two employees and the member of `statement_rows`; nobody has been told anything."""
    async with database.unit() as connection:
        await add_member(connection, 1, mobile="+573001112233")
        await add_staff(connection, 1, "support", created_at=now)
        await add_staff(connection, 2, "verifier", created_at=now, member_id=1)
    return Told()


async def test_a_lead_has_a_number_and_employees_are_told(database, now, notes):
    async with database.unit() as connection:
        await add_staff(connection, 3, "auditor", created_at=now)
        await add_staff(connection, 4, "admin", created_at=now, revoked_at=now)
        await add_staff(connection, 5, "admin", created_at=now, telegram_id=None)
        first = await sending(connection, notes).send(members(now))
        second = await sending(connection, notes).send(visitors(now))
        found = [await LeadRepository(connection).find(n) for n in (1, 2)]
        assert await history(connection, 1) == [("filed", None, "")]
    assert (first, second) == ("S-2026-00001", "S-2026-00002")
    assert notes.told == [(901, NEWS_TO_STAFF), (902, NEWS_TO_STAFF)] * 2
    one, two = found
    assert one is not None
    assert two is not None
    assert (one.wish, two.wish, one.number) == (WISH, WISH, first)
    assert (one.caller.member_id, one.caller.member_number) == (1, "A00001")
    assert (one.caller.name, one.caller.mobile) == ("MARÍA EUGENIA Ñáñez Peña", "+573001112233")
    assert (two.caller.name, two.caller.mobile, two.caller.member_id) == (
        ANA.name,
        ANA.mobile,
        None,
    )


async def test_a_chat_sends_so_many_a_day_and_again_the_next(database, now, notes):
    async with database.unit() as connection:
        send = sending(connection, notes, per_day=2)
        await send.send(visitors(now))
        await send.send(visitors(now))
        with pytest.raises(TooManyLeads):
            await send.send(visitors(now))
        await send.send(visitors(now, chat_id=71))
        await send.send(visitors(now + timedelta(days=1, seconds=1)))
        assert await LeadRepository(connection).find(5) is None
    assert len(notes.told) == 8


async def test_one_employee_takes_it_notes_the_outcome_and_the_member_is_told(database, now, notes):
    async with database.unit() as connection:
        await sending(connection, notes).send(members(now))
        work = attending(connection, notes)
        taken = await work.claim(1, CLARA, now)
        assert isinstance(taken, Lead)
        assert (taken.state, taken.claimed_by) == (LeadState.CLAIMED, (1, "Clara"))
        ended = await work.close(1, CLARA, Outcome.AGREED, "x" * 400, now)
        assert isinstance(ended, Lead)
        assert (ended.state, ended.outcome) == (LeadState.CLOSED, Outcome.AGREED)
        assert ended.note == "x" * LONGEST_NOTE
        assert await history(connection, 1) == [
            ("filed", None, ""),
            ("claimed", 1, ""),
            ("closed", 1, "x" * LONGEST_NOTE),
        ]
    assert notes.told[2:] == [(7, TAKEN), (7, ENDED)]
    assert notes.refreshed == ["lead:1", "lead:1"]


async def test_two_employees_at_once_only_one_takes_it(database, now, notes):
    async with database.unit() as connection:
        await sending(connection, notes).send(visitors(now))

    async def try_(employee):
        async with database.unit() as connection:
            return await attending(connection, notes).claim(1, employee, now)

    results = await asyncio.gather(try_(CLARA), try_(DIEGO))
    assert sum(isinstance(r, Lead) for r in results) == 1
    assert Refused.OTHERS in results
    async with database.unit() as connection:
        assert len(await history(connection, 1)) == 2


async def test_what_is_not_theirs_is_refused(database, now, notes):
    async with database.unit() as connection:
        await sending(connection, notes).send(members(now))
        work = attending(connection, notes)
        assert await work.claim(99, CLARA, now) is Refused.GONE
        assert await work.claim(1, DIEGO, now) is Refused.OWN
        assert await work.close(1, CLARA, Outcome.AGREED, "", now) is Refused.OTHERS
        assert await work.release(1, CLARA, now) is Refused.OTHERS
        await work.claim(1, CLARA, now)
        assert await work.close(1, DIEGO, Outcome.DECLINED, "", now) is Refused.OWN
        await work.close(1, CLARA, Outcome.UNREACHED, "", now)
        assert await work.claim(1, CLARA, now) is Refused.ENDED
        assert await work.close(1, CLARA, Outcome.AGREED, "", now) is Refused.ENDED
        row = await row_of(connection, 1)
    assert (row.state, row.outcome, row.claimed_by) == ("closed", "unreached", 1)


async def test_given_back_it_is_there_for_all(database, now, notes):
    async with database.unit() as connection:
        await sending(connection, notes).send(visitors(now))
        work, leads = attending(connection, notes), LeadRepository(connection)
        await work.claim(1, CLARA, now)
        assert [r.id for r in await leads.waiting(2, 10, 0)] == []
        assert [r.id for r in await leads.waiting(1, 10, 0)] == [1]
        assert await work.release(1, CLARA, now) is None
        assert [r.id for r in await leads.waiting(2, 10, 0)] == [1]
        assert isinstance(await work.claim(1, DIEGO, now), Lead)


async def test_what_somebody_had_who_works_here_no_longer_is_taken_again(database, now, notes):
    async with database.unit() as connection:
        await add_staff(connection, 3, "support", created_at=now)
        await sending(connection, notes).send(visitors(now))
        work, leads = attending(connection, notes), LeadRepository(connection)
        await work.claim(1, CLARA, now)
        assert await leads.waiting(2, 10, 0) == ()
        await connection.execute(update(staff).where(staff.c.id == 1).values(revoked_at=now))
        assert [r.id for r in await leads.waiting(2, 10, 0)] == [1]
        assert isinstance(await work.claim(1, DIEGO, now), Lead)


async def test_a_visitor_takes_everything_back(database, now, notes):
    async with database.unit() as connection:
        send, work = sending(connection, notes), attending(connection, notes)
        await send.send(visitors(now))
        await send.send(visitors(now))
        await send.send(members(now, chat_id=70))
        await work.claim(2, CLARA, now)
        await work.close(2, CLARA, Outcome.AGREED, "", now)
        await withdrawing(connection, notes).withdraw(70, now)
        rows = [await row_of(connection, n) for n in (1, 2, 3)]
        assert (await history(connection, 1))[-1] == ("withdrawn", None, "")
    assert [(r.visitor_name, r.visitor_mobile) for r in rows] == [(None, None)] * 3
    assert [(r.state, r.outcome) for r in rows] == [
        ("closed", "withdrawn"),
        ("closed", "agreed"),
        ("open", None),
    ]
    assert notes.refreshed[-2:] == ["lead:1", "lead:2"]
