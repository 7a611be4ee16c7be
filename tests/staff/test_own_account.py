"""Nobody acts on their own account: in the use cases, and in the database by itself."""

from dataclasses import replace

import pytest
from sqlalchemy import insert, text, update
from sqlalchemy.exc import DBAPIError

from domain.conversation import Session, Visit
from domain.staff.conduct import OwnAccount
from domain.staff.people import Employee, Role
from storage.access.sessions import NewSessionRepository
from storage.schema import audit, contact_change, credential, staff, staff_act
from storage.staff.acts import ActRepository
from storage.staff.work import StaffWork
from storage.unit import unit_of_work
from tests.staff.world import Bureau


async def test_the_membership_named_in_the_invitation_is_ones_own(bureau: Bureau) -> None:
    await bureau.member(1)
    elena = await bureau.employee("Elena", member_id=1)
    for act in ("unlock", "reset", "deactivate", "activate"):
        with pytest.raises(OwnAccount):
            await bureau.do(lambda w, a=act: getattr(w.access, a)(elena, 1, "por qué"))
    assert await bureau.rows(staff_act) == []


async def test_a_refusal_leaves_a_trace(bureau: Bureau) -> None:
    await bureau.member(1)
    elena = await bureau.employee("Elena", member_id=1)

    async def refused(work):
        with pytest.raises(OwnAccount):
            await work.access.unlock(elena, 1, "por qué")

    await bureau.do(refused)
    (row,) = await bureau.rows(audit)
    assert (row.action, row.result, row.member_id) == ("unlock", "refused", 1)
    assert row.staff_id == elena.session.employee.id
    assert "own_account" in row.details


@pytest.mark.parametrize("when", ["now", "before"])
async def test_a_telegram_account_of_the_member_is_ones_own(bureau: Bureau, when: str) -> None:
    await bureau.member(1, bound=7001)
    elena = await bureau.employee("Elena", account=7001)
    if when == "before":
        await _rebind(bureau, 1, 8000)
    with pytest.raises(OwnAccount):
        await bureau.do(lambda w: w.access.unlock(elena, 1, "por qué"))


async def _rebind(bureau: Bureau, member_id: int, account: int) -> None:
    async with unit_of_work(bureau.database) as unit:
        mine = update(credential).where(credential.c.member_id == member_id)
        await unit.connection.execute(mine.values(telegram_id=account))


async def test_so_is_one_that_entered_as_the_member_once(bureau: Bureau) -> None:
    """Without a binding: sessions tell as well."""
    await bureau.member(1)
    elena = await bureau.employee("Elena")
    async with unit_of_work(bureau.database) as unit:
        earlier = Session("earlier", 1, 7001, 7001, bureau.clock.now())
        await NewSessionRepository(unit.connection).begin(earlier)
    with pytest.raises(OwnAccount):
        await bureau.do(lambda w: w.access.unlock(elena, 1, "por qué"))


async def test_a_telegram_account_the_employee_had_before_counts_too(bureau: Bureau) -> None:
    await bureau.member(1, bound=7001)
    elena = await bureau.employee("Elena", account=7001)
    async with unit_of_work(bureau.database) as unit:
        await unit.connection.execute(update(staff).values(telegram_id=7500))
    moved = await bureau.inside(elena.session.employee, 7500)
    with pytest.raises(OwnAccount):
        await bureau.do(lambda w: w.access.unlock(moved, 1, "por qué"))


async def test_another_members_account_is_not_ones_own(bureau: Bureau) -> None:
    await bureau.member(1, bound=7001)
    await bureau.member(2, bound=8000)
    elena = await bureau.employee("Elena", account=7001, member_id=1)
    await bureau.do(lambda w: w.access.unlock(elena, 2, "Vino a la oficina"))
    (act,) = await bureau.rows(staff_act)
    assert (act.action, act.member_id, act.reason) == ("unlock", 2, "Vino a la oficina")


async def test_ones_own_ticket_is_anothers_work(bureau: Bureau) -> None:
    elena = await bureau.employee("Elena", account=7001)
    mine = await bureau.ticket(chat_id=7001)
    with pytest.raises(OwnAccount):
        await bureau.do(lambda w: w.tickets.claim(elena, mine))


def act_of(elena: Visit, bureau: Bureau, **given: object) -> dict[str, object]:
    row = {
        "at": bureau.clock.now(),
        "staff_id": elena.session.employee.id,
        "telegram_id": elena.telegram_id,
        "action": "unlock",
    }
    return row | given


async def direct(bureau: Bureau, statement: object) -> None:
    async with bureau.database.unit() as connection:
        await connection.execute(statement)


@pytest.mark.parametrize("how", ["membership", "account"])
async def test_the_database_refuses_an_act_on_an_own_account(bureau: Bureau, how: str) -> None:
    membership = how == "membership"
    await bureau.member(1, bound=None if membership else 7001)
    await bureau.member(2)
    elena = await bureau.employee("Elena", account=7001, member_id=1 if membership else None)
    with pytest.raises(DBAPIError, match="own account"):
        await direct(bureau, insert(staff_act).values(act_of(elena, bureau, member_id=1)))
    await direct(bureau, insert(staff_act).values(act_of(elena, bureau, member_id=2)))
    assert [row.member_id for row in await bureau.rows(staff_act)] == [2]


async def test_the_database_refuses_an_act_of_a_revoked_employee(bureau: Bureau) -> None:
    await bureau.member(2)
    elena = await bureau.employee("Elena", revoked_at=bureau.clock.now())
    with pytest.raises(DBAPIError, match="revoked"):
        await direct(bureau, insert(staff_act).values(act_of(elena, bureau, member_id=2)))


async def test_acts_stay_as_they_are(bureau: Bureau) -> None:
    elena = await bureau.employee("Elena")
    await direct(bureau, insert(staff_act).values(act_of(elena, bureau)))
    with pytest.raises(DBAPIError, match="stay"):
        await direct(bureau, update(staff_act).values(reason="otra"))
    with pytest.raises(DBAPIError, match="stay"):
        await direct(bureau, staff_act.delete())
    assert len(await bureau.rows(staff_act)) == 1


def change_of(asks: Visit, bureau: Bureau, **given: object) -> dict[str, object]:
    row = {
        "member_id": 1,
        "field": "email",
        "new_value": "otro@correo.example",
        "reason": "carta",
        "requested_by": asks.session.employee.id,
        "requested_from": asks.telegram_id,
        "requested_at": bureau.clock.now(),
    }
    return row | given


async def test_the_database_wants_two_people_for_a_change(bureau: Bureau) -> None:
    await bureau.member(1)
    elena, pedro = await bureau.employee("Elena"), await bureau.employee("Pedro", Role.VERIFIER)
    await direct(bureau, insert(contact_change).values(change_of(elena, bureau)))
    now = bureau.clock.now()
    hold = now.replace(day=now.day + 1)
    for visit, account in ((elena, 1), (pedro, elena.telegram_id), (elena, elena.telegram_id)):
        confirmed = {
            "confirmed_by": visit.session.employee.id,
            "confirmed_from": account,
            "confirmed_at": now,
            "serves_at": hold,
        }
        with pytest.raises(DBAPIError, match="two_people"):
            await direct(bureau, update(contact_change).values(confirmed))
    right = {
        "confirmed_by": pedro.session.employee.id,
        "confirmed_from": pedro.telegram_id,
        "confirmed_at": now,
    }
    with pytest.raises(DBAPIError, match="held"):
        await direct(bureau, update(contact_change).values(right | {"serves_at": now}))
    with pytest.raises(DBAPIError, match="applied"):
        await direct(bureau, update(contact_change).values(outcome="applied", closed_at=now))
    await direct(bureau, update(contact_change).values(right | {"serves_at": hold}))


@pytest.mark.parametrize("part", ["asks", "confirms"])
async def test_the_database_wants_other_people_than_the_member(bureau: Bureau, part: str) -> None:
    await bureau.member(1)
    own = await bureau.employee("Elena", member_id=1)
    pedro = await bureau.employee("Pedro")
    if part == "asks":
        with pytest.raises(DBAPIError, match="own account"):
            await direct(bureau, insert(contact_change).values(change_of(own, bureau)))
        return
    await direct(bureau, insert(contact_change).values(change_of(pedro, bureau)))
    now = bureau.clock.now()
    confirmed = {
        "confirmed_by": own.session.employee.id,
        "confirmed_from": own.telegram_id,
        "confirmed_at": now,
        "serves_at": now.replace(day=now.day + 1),
    }
    with pytest.raises(DBAPIError, match="own account"):
        await direct(bureau, update(contact_change).values(confirmed))


class Trusting(ActRepository):
    """Asks nobody whose account it is."""

    async def is_own(self, employee: Employee, telegram_id: int, member_id: int) -> bool:
        return False


async def unlock_own(bureau: Bureau) -> None:
    """An employee unlocks their own account past the use case's check."""
    await bureau.member(1)
    elena = await bureau.employee("Elena", member_id=1)
    async with unit_of_work(bureau.database) as unit:
        work = StaffWork(unit, bureau.secrets, bureau.policies)
        trusting = replace(work.conduct, acts=Trusting(unit.connection))
        await replace(work.access, conduct=trusting).unlock(elena, 1, "por qué")


async def test_without_the_use_cases_check_the_database_still_refuses(bureau: Bureau) -> None:
    with pytest.raises(DBAPIError, match="own account"):
        await unlock_own(bureau)


async def test_without_both_guards_it_happens(bureau: Bureau) -> None:
    place = "" if bureau.database.is_sqlite else " ON staff_act"
    await direct(bureau, text(f"DROP TRIGGER staff_act_insert_own{place}"))
    await unlock_own(bureau)
    assert len(await bureau.rows(staff_act)) == 1
