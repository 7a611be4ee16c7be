"""Links and codes used at once, or guessed."""

import asyncio
from datetime import datetime
from typing import Any

import pytest
from sqlalchemy import select

from domain.access.seals import Seal
from domain.access.totp import Verdict
from domain.conversation import Session
from domain.staff.entering import NoEmployee
from domain.staff.people import Role
from storage.schema import audit, authenticator, staff_invitation
from storage.staff.invitations import InvitationRepository
from storage.staff.people import EmployeeRepository
from tests.staff.test_joining import enter, invited, joined, opened
from tests.staff.world import Bureau, Meeting


async def test_of_two_accounts_at_once_one_opens_it(bureau: Bureau) -> None:
    for round_ in range(200 if bureau.database.is_sqlite else 50):
        token = await invited(bureau, f"Persona {round_}")
        results = await asyncio.gather(opened(bureau, token, 1), opened(bureau, token, 2))
        assert sum(found is not None for found in results) == 1


class FirstSeen(InvitationRepository):
    """Looks first and writes afterwards."""

    def __init__(self, connection: Any, meeting: Meeting) -> None:
        super().__init__(connection)
        self._meeting = meeting

    async def open(self, seal: str, telegram_id: int, at: datetime):
        found = select(staff_invitation).where(staff_invitation.c.token_hash == seal)
        row = (await self._connection.execute(found)).one()
        if row.telegram_id is not None:
            return None
        await self._meeting.wait()
        mine = staff_invitation.update().where(staff_invitation.c.id == row.id)
        values = {"telegram_id": telegram_id, "opened_at": at}
        await self._connection.execute(mine.values(values))
        return await self._one(staff_invitation.c.id == row.id)


async def test_read_then_write_lets_both_in(bureau: Bureau) -> None:
    """On SQLite units of work take turns anyway; PostgreSQL shows the difference."""

    meeting, token = Meeting(), await invited(bureau)

    async def open_loosely(account: int) -> bool:
        async with bureau.database.unit() as connection:
            loose = FirstSeen(connection, meeting)
            key = Seal(bureau.secrets.invitations).of("invitation", token)
            return await loose.open(key, account, bureau.clock.now()) is not None

    results = await asyncio.gather(open_loosely(1), open_loosely(2))
    assert (results == [True, True]) is not bureau.database.is_sqlite


async def test_a_code_enters_once(bureau: Bureau) -> None:
    elena = await bureau.employee("Elena")
    code = bureau.code()
    tries = (enter(bureau, code, elena.telegram_id) for _ in range(8))
    results = await asyncio.gather(*tries)
    assert sum(isinstance(found, Session) for found in results) == 1
    assert {found for found in results if isinstance(found, Verdict)} == {Verdict.REUSED}
    refused = await bureau.rows(audit, audit.c.action == "staff_code")
    assert len(refused) == 7
    bureau.clock.forward(seconds=30)
    assert isinstance(await enter(bureau, bureau.code(), elena.telegram_id), Session)


async def test_a_hundred_guesses_judge_ten(bureau: Bureau) -> None:
    elena = await bureau.employee("Elena")
    right = {bureau.code(), bureau.code(-1)}
    wrong = [f"{n:06}" for n in range(110) if f"{n:06}" not in right][:100]
    guesses = (enter(bureau, code, elena.telegram_id) for code in wrong)
    results = list(await asyncio.gather(*guesses))
    assert results.count(Verdict.WRONG) == bureau.policies.app_tries
    assert results.count(Verdict.EXHAUSTED) == 90
    assert await enter(bureau, bureau.code(), elena.telegram_id) is Verdict.EXHAUSTED


async def test_who_ran_out_of_tries_is_let_in_by_a_new_invitation(bureau: Bureau) -> None:
    elena = await bureau.employee("Elena")
    for _ in range(bureau.policies.app_tries):
        assert await enter(bureau, "000000", elena.telegram_id) is Verdict.WRONG
    assert await enter(bureau, bureau.code(), elena.telegram_id) is Verdict.EXHAUSTED
    entered = await joined(bureau, "Elena", elena.telegram_id)
    assert entered.employee.id == elena.session.employee.id


@pytest.mark.parametrize("how", ["revoked", "another account", "not enrolled"])
async def test_nobody_else_enters(bureau: Bureau, how: str) -> None:
    gone = {"revoked_at": bureau.clock.now()} if how == "revoked" else {}
    elena = await bureau.employee("Elena", **gone)
    if how == "not enrolled":
        async with bureau.database.unit() as connection:
            await connection.execute(authenticator.update().values(confirmed_at=None))
    account = 9999 if how == "another account" else elena.telegram_id
    with pytest.raises(NoEmployee):
        await enter(bureau, bureau.code(), account)


async def test_only_enrolled_colleagues_of_the_duty_are_told(bureau: Bureau) -> None:
    await bureau.employee("Elena", account=701)
    await bureau.employee("Pedro", Role.AUDITOR, account=702)
    await bureau.employee("Ana", account=703, revoked_at=bureau.clock.now())
    await invited(bureau, "Luz")
    async with bureau.database.unit() as connection:
        told = await EmployeeRepository(connection).chats_of(frozenset({Role.SUPPORT, Role.ADMIN}))
    assert told == [701]
