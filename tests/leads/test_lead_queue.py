"""Leads that wait, are left lying, or are taken back."""

from datetime import timedelta

import pytest
from sqlalchemy import update

from domain.leads.attending import LEFT_LYING
from domain.leads.lead import Outcome, read_lead_number
from domain.staff.conduct import Beaten
from storage.schema import staff
from tests.leads.test_leads import notes
from tests.leads.world import (
    CLARA,
    DIEGO,
    at_work,
    attending,
    history,
    members,
    row_of,
    sending,
    visitors,
    withdrawing,
)

__all__ = ["notes"]


async def test_those_that_wait_come_first_and_the_rest_on_the_next_page(database, now, notes):
    clara = at_work(CLARA, now)
    async with database.unit() as connection:
        send = sending(connection, notes, per_day=20)
        for _ in range(9):
            await send.send(visitors(now))
        work = attending(connection, notes)
        await work.claim(clara, 1)
        await work.claim(clara, 2)
        await work.close(clara, 2, Outcome.AGREED, "")
        first, second = await work.page(clara, 0), await work.page(clara, 1)
    assert [lead.id for lead in first.leads] == [3, 4, 5, 6, 7, 8]
    assert [lead.id for lead in second.leads] == [9, 1]
    assert (first.more, second.more) == (True, False)


async def test_what_is_left_lying_may_be_taken_by_another(database, now, notes):
    clara, diego = at_work(CLARA, now), at_work(DIEGO, now + LEFT_LYING)
    async with database.unit() as connection:
        await sending(connection, notes).send(visitors(now))
        work = attending(connection, notes)
        await work.claim(clara, 1)
        with pytest.raises(Beaten):
            await work.claim(at_work(DIEGO, now + LEFT_LYING - timedelta(seconds=1)), 1)
        await work.claim(diego, 1)
        assert (await work.read(diego, 1)).claimant == "Diego"
        with pytest.raises(Beaten):
            await work.close(clara, 1, Outcome.AGREED, "")


async def test_what_somebody_had_who_works_here_no_longer_is_taken_again(database, now, notes):
    clara, diego = at_work(CLARA, now), at_work(DIEGO, now)
    async with database.unit() as connection:
        await sending(connection, notes).send(visitors(now))
        work = attending(connection, notes)
        await work.claim(clara, 1)
        await connection.execute(update(staff).where(staff.c.id == 1).values(revoked_at=now))
        await work.claim(diego, 1)
        assert (await work.read(diego, 1)).claimant == "Diego"


async def test_a_visitor_takes_everything_back(database, now, notes):
    async with database.unit() as connection:
        send, work = sending(connection, notes), attending(connection, notes)
        await send.send(visitors(now))
        await send.send(visitors(now))
        await send.send(members(now, chat_id=70))
        await work.claim(at_work(CLARA, now), 2)
        await work.close(at_work(CLARA, now), 2, Outcome.AGREED, "")
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


@pytest.mark.parametrize("typed", ["S-2026-00012", "s-2026-12", " 2026 12 ", "12", "00012"])
def test_a_number_as_people_type_it(typed):
    assert read_lead_number(typed) == 12


@pytest.mark.parametrize("typed", ["", "hola", "S-2026-", "12a"])
def test_what_is_no_number(typed):
    assert read_lead_number(typed) is None
