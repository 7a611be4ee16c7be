"""Leads from the sending to the outcome, on both engines."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import select

from domain.conversation import Visit
from domain.leads.attending import ENDED, TAKEN, NoLead
from domain.leads.lead import LONGEST_NOTE, LeadState, Outcome
from domain.leads.sending import NEWS_TO_STAFF, TooManyLeads
from domain.staff.conduct import Beaten, OwnAccount
from domain.staff.duties import NotAllowed
from storage.leads.repository import LeadRepository
from storage.schema import audit, staff_act
from tests.leads.world import (
    ANA,
    CLARA,
    DIEGO,
    RAUL,
    WISH,
    Told,
    add_staff,
    at_work,
    attending,
    history,
    members,
    row_of,
    sending,
    visitors,
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
    clara = at_work(CLARA, now)
    async with database.unit() as connection:
        await sending(connection, notes).send(members(now))
        work = attending(connection, notes)
        await work.claim(clara, 1)
        taken = await work.read(clara, 1)
        assert (taken.state, taken.claimed_by, taken.claimant) == (LeadState.CLAIMED, 1, "Clara")
        await work.close(clara, 1, Outcome.AGREED, "x" * 400)
        ended = await work.read(clara, 1)
        assert (ended.state, ended.outcome) == (LeadState.CLOSED, Outcome.AGREED)
        assert await history(connection, 1) == [
            ("filed", None, ""),
            ("claimed", 1, ""),
            ("closed", 1, "x" * LONGEST_NOTE),
        ]
        acts = (await connection.execute(select(staff_act))).all()
        assert [(a.action, a.staff_id, a.member_id, a.about) for a in acts] == [
            ("lead_claimed", 1, 1, "lead:1"),
            ("lead_closed", 1, 1, "lead:1"),
        ]
    assert notes.told[2:] == [(7, TAKEN), (7, ENDED)]
    assert notes.refreshed == ["lead:1", "lead:1"]


async def test_two_employees_at_once_only_one_takes_it(database, now, notes):
    async with database.unit() as connection:
        await sending(connection, notes).send(visitors(now))

    async def try_(employee):
        async with database.unit() as connection:
            await attending(connection, notes).claim(at_work(employee, now), 1)

    results = await asyncio.gather(try_(CLARA), try_(DIEGO), return_exceptions=True)
    assert [type(r) for r in results if r is not None] == [Beaten]
    async with database.unit() as connection:
        assert len(await history(connection, 1)) == 2
    assert len([told for told in notes.told if told[1] == TAKEN]) == 1


@pytest.mark.parametrize("who", [RAUL, None])
async def test_it_is_for_those_who_have_that_duty(database, now, notes, who):
    visit = at_work(who, now) if who else Visit(7, 7, now)
    async with database.unit() as connection:
        await sending(connection, notes).send(visitors(now))
        work = attending(connection, notes)
        acts = (
            lambda: work.page(visit, 0),
            lambda: work.read(visit, 1),
            lambda: work.history(visit, 1),
            lambda: work.claim(visit, 1),
            lambda: work.release(visit, 1),
            lambda: work.close(visit, 1, Outcome.AGREED, ""),
        )
        for act in acts:
            with pytest.raises(NotAllowed):
                await act()
        assert (await row_of(connection, 1)).state == "open"
    async with database.unit() as connection:
        refused = select(audit).where(audit.c.action == "lead_claimed")
        assert (await connection.execute(refused)).one().result == "refused"


async def test_what_is_not_theirs_is_refused(database, now, notes):
    clara, diego = at_work(CLARA, now), at_work(DIEGO, now)
    async with database.unit() as connection:
        await sending(connection, notes).send(members(now))
        await sending(connection, notes).send(visitors(now, chat_id=clara.chat_id))
        work = attending(connection, notes)
        for act, refusal in (
            (work.claim(clara, 99), NoLead),
            (work.claim(diego, 1), OwnAccount),
            (work.claim(clara, 2), OwnAccount),
            (work.close(clara, 1, Outcome.AGREED, ""), Beaten),
            (work.release(clara, 1), Beaten),
        ):
            with pytest.raises(refusal):
                await act
        await work.claim(clara, 1)
        with pytest.raises(OwnAccount):
            await work.close(diego, 1, Outcome.DECLINED, "")
        await work.close(clara, 1, Outcome.UNREACHED, "")
        for act in (work.claim(clara, 1), work.close(clara, 1, Outcome.AGREED, "")):
            with pytest.raises(Beaten):
                await act
        row = await row_of(connection, 1)
    assert (row.state, row.outcome, row.claimed_by) == ("closed", "unreached", 1)


async def test_given_back_it_is_there_for_all(database, now, notes):
    clara, diego = at_work(CLARA, now), at_work(DIEGO, now)
    async with database.unit() as connection:
        await sending(connection, notes).send(visitors(now))
        work = attending(connection, notes)
        await work.claim(clara, 1)
        with pytest.raises(Beaten):
            await work.claim(diego, 1)
        await work.release(clara, 1)
        assert (await work.read(diego, 1)).state is LeadState.OPEN
        await work.claim(diego, 1)
