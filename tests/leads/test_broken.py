"""Each control of leads, taken out: what it holds back happens, so its test would notice."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from domain.leads.attending import AttendLeads
from domain.leads.lead import LeadState, LeadStep
from domain.leads.sending import SendLead, TooManyLeads
from domain.staff.conduct import Beaten, Conduct, OwnAccount
from storage.access.allowances import AllowanceRepository
from storage.access.journal import JournalRepository
from storage.leads.crew import CrewRepository
from storage.leads.repository import LeadRepository
from storage.schema import lead
from storage.staff.acts import ActRepository
from tests.leads.world import (
    CLARA,
    DIEGO,
    Told,
    add_staff,
    at_work,
    attending,
    members,
    sending,
    visitors,
)
from tests.statement_rows import add_member


class AnybodysClaim(LeadRepository):
    """Takes a lead whoever has it."""

    async def claim(self, lead_id: int, staff_id: int, stale: datetime, at: datetime) -> bool:
        taken = {"claimed_by": staff_id, "claimed_at": at, "state": LeadState.CLAIMED.value}
        anyhow = update(lead).values(taken)
        return await self._change(lead_id, anyhow, LeadStep.CLAIMED, staff_id, at)


class NobodysOwn(ActRepository):
    async def is_own(self, employee: object, telegram_id: int, member_id: int) -> bool:
        return False


class Unlimited:
    async def take(self, subject: str, limit: int, window: timedelta, now: datetime) -> int | None:
        return 1


@pytest.fixture
async def notes(database, now) -> Told:
    async with database.unit() as connection:
        await add_member(connection, 1)
        await add_staff(connection, 1, "support", created_at=now)
        await add_staff(connection, 2, "verifier", created_at=now, member_id=1)
    return Told()


def broken(connection, notes, leads=LeadRepository, acts=ActRepository) -> AttendLeads:
    conduct = Conduct(acts(connection), JournalRepository(connection))
    return AttendLeads(leads(connection), conduct, notes)


async def test_only_one_employee_takes_a_lead(database, now, notes):
    async with database.unit() as connection:
        await sending(connection, notes).send(visitors(now))
        await attending(connection, notes).claim(at_work(CLARA, now), 1)
        with pytest.raises(Beaten):
            await attending(connection, notes).claim(at_work(DIEGO, now), 1)
        await broken(connection, notes, leads=AnybodysClaim).claim(at_work(DIEGO, now), 1)


async def test_nobody_takes_their_own(database, now, notes):
    """Without the first control the database itself refuses the act."""
    async with database.unit() as connection:
        await sending(connection, notes).send(members(now))
        with pytest.raises(OwnAccount):
            await attending(connection, notes).claim(at_work(DIEGO, now), 1)
    with pytest.raises(IntegrityError, match="no act on an own account"):
        async with database.unit() as connection:
            await broken(connection, notes, acts=NobodysOwn).claim(at_work(DIEGO, now), 1)
    async with database.unit() as connection:
        assert (await connection.execute(select(lead))).one().state == "open"


async def test_a_chat_sends_so_many_a_day(database, now, notes):
    async with database.unit() as connection:
        leads, crew = LeadRepository(connection), CrewRepository(connection)
        await SendLead(leads, AllowanceRepository(connection), crew, notes, 1).send(visitors(now))
        with pytest.raises(TooManyLeads):
            await SendLead(leads, AllowanceRepository(connection), crew, notes, 1).send(
                visitors(now)
            )
        await SendLead(leads, Unlimited(), crew, notes, 1).send(visitors(now))
