"""What employees may do for a member's access, and who may not."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import update

from domain.access.blocking import Lock, LockedBy, LockReason
from domain.access.totp import Holder, Seed
from domain.conversation import Session, Visit
from domain.staff.duties import ROLES, Duty, NotAllowed
from domain.staff.help_access import AlreadyBarred, Barred, NoAuthenticator, NotBarred
from domain.staff.people import Role
from storage.access.locks import LockRepository
from storage.access.sessions import NewSessionRepository
from storage.access.totp import AuthenticatorRepository
from storage.schema import audit, credential, mail, session, staff_act
from storage.unit import unit_of_work
from tests.staff.test_helping import with_people
from tests.staff.world import Bureau


async def tried(bureau: Bureau, **columns: object) -> None:
    async with bureau.database.unit() as connection:
        await connection.execute(update(credential).values(columns))


async def the_credential(bureau: Bureau):
    (row,) = await bureau.rows(credential)
    return row


async def test_unlocking_forgives_and_tells_the_member(bureau: Bureau) -> None:
    await bureau.member(1)
    await tried(bureau, failures_bound=5, failures_unbound=5, pin_hash="x", pin_key_version=1)
    elena = await bureau.employee("Elena")
    await bureau.do(lambda w: w.access.unlock(elena, 1, "Lo comprobé por teléfono"))
    row = await the_credential(bureau)
    assert (row.failures_bound, row.failures_unbound, row.pin_hash) == (0, 0, "x")
    assert [(m.kind, m.member_id) for m in await bureau.rows(mail)] == [("unlocked", 1)]
    (act,) = await bureau.rows(staff_act)
    assert act.reason == "Lo comprobé por teléfono"
    (entry,) = await bureau.rows(audit)
    assert (entry.action, entry.result, entry.staff_id, entry.member_id) == ("unlock", "done", 1, 1)
    assert "teléfono" not in entry.details


async def test_a_reset_voids_the_pin_and_shows_it_to_nobody(bureau: Bureau) -> None:
    await bureau.member(1, bound=900)
    await tried(bureau, failures_bound=5, pin_hash="x", pin_key_version=1)
    async with unit_of_work(bureau.database) as unit:
        inside = Session("s", 1, 900, 900, bureau.clock.now())
        await NewSessionRepository(unit.connection).begin(inside)
    elena = await bureau.employee("Elena")
    await bureau.do(lambda w: w.access.reset(elena, 1, "Cambió de teléfono"))
    row = await the_credential(bureau)
    assert row.reset_required_at == bureau.clock.now()
    assert row.reset_granted_until == bureau.clock.now() + timedelta(hours=24)
    live = await bureau.rows(session, session.c.member_id == 1, session.c.ended_at.is_(None))
    assert live == []
    assert [m.kind for m in await bureau.rows(mail)] == ["reset_granted"]


async def rob(bureau: Bureau) -> None:
    async with bureau.database.unit() as connection:
        lock = Lock(bureau.clock.now(), LockReason.ROBBERY, LockedBy.OWN_CHAT)
        await LockRepository(connection).lock(1, lock)


async def test_a_robbed_access_comes_back_only_with_a_reset(bureau: Bureau) -> None:
    await bureau.member(1)
    await tried(bureau, pin_hash="x", pin_key_version=1)
    await rob(bureau)
    elena = await bureau.employee("Elena")
    for act in ("unlock", "reset"):
        with pytest.raises(Barred):
            await bureau.do(lambda w, a=act: getattr(w.access, a)(elena, 1, "por qué"))
    assert (await the_credential(bureau)).locked_at is not None
    assert await bureau.rows(staff_act) == []
    await bureau.do(lambda w: w.access.activate(elena, 1, "Vino a la oficina"))
    row = await the_credential(bureau)
    assert (row.locked_at, row.lock_reason) == (None, None)
    assert row.reset_required_at is not None
    assert row.reset_granted_until is not None
    with pytest.raises(NotBarred):
        await bureau.do(lambda w: w.access.activate(elena, 1, "otra vez"))


async def test_deactivating_ends_what_goes_on(bureau: Bureau) -> None:
    await bureau.member(1, bound=900)
    async with unit_of_work(bureau.database) as unit:
        inside = Session("s", 1, 900, 900, bureau.clock.now())
        await NewSessionRepository(unit.connection).begin(inside)
    elena = await bureau.employee("Elena")
    await bureau.do(lambda w: w.access.deactivate(elena, 1, "Hay sospecha de fraude"))
    row = await the_credential(bureau)
    assert (row.lock_reason, row.locked_by) == ("staff", "staff:1")
    assert await bureau.rows(session, session.c.id == "s", session.c.ended_at.is_(None)) == []
    assert [m.kind for m in await bureau.rows(mail)] == ["deactivated"]
    with pytest.raises(AlreadyBarred):
        await bureau.do(lambda w: w.access.deactivate(elena, 1, "otra vez"))


async def test_a_lost_authenticator_is_taken_away_once(bureau: Bureau) -> None:
    await bureau.member(1)
    async with bureau.database.unit() as connection:
        kept = AuthenticatorRepository(connection, bureau.secrets.seeds)
        holder, seed = Holder(member_id=1), Seed("JBSWY3DPEHPK3PXP" * 2)
        await kept.begin(holder, seed, bureau.clock.now())
        await kept.confirm(holder, 1, bureau.clock.now())
    elena = await bureau.employee("Elena")
    await bureau.do(lambda w: w.access.remove_app(elena, 1, "Cambió de teléfono"))
    assert [m.kind for m in await bureau.rows(mail)] == ["app_removed"]
    with pytest.raises(NoAuthenticator):
        await bureau.do(lambda w: w.access.remove_app(elena, 1, "otra vez"))


async def test_of_two_who_reactivate_at_once_one_does(bureau: Bureau) -> None:
    await bureau.member(1)
    elena, pedro = await bureau.employee("Elena"), await bureau.employee("Pedro")
    for _ in range(20):
        await rob(bureau)
        both = (
            bureau.do(lambda w, v=v: w.access.activate(v, 1, "Vino a la oficina"))
            for v in (elena, pedro)
        )
        results = await asyncio.gather(*both, return_exceptions=True)
        assert sorted(map(repr, results)) == ["None", "NotBarred()"]


ACTS = ("unlock", "reset", "deactivate", "activate", "remove_app")


@pytest.mark.parametrize("role", [role for role in Role if role not in ROLES[Duty.ACCESS]])
async def test_other_roles_do_nothing_and_leave_a_trace(bureau: Bureau, role: Role) -> None:
    await bureau.member(1)
    pedro = await bureau.employee("Pedro", role)

    async def refused(work, act):
        with pytest.raises(NotAllowed):
            await getattr(work.access, act)(pedro, 1, "por qué")

    for act in ACTS:
        await bureau.do(lambda w, a=act: refused(w, a))
    rows = await bureau.rows(audit)
    assert {(row.result, row.details) for row in rows} == {("refused", '{"why": "role"}')}
    assert len(rows) == len(ACTS)
    assert await bureau.rows(staff_act) == []


async def test_members_and_strangers_are_no_employees(bureau: Bureau) -> None:
    await bureau.member(1)
    stranger = Visit(5, 5, bureau.clock.now())
    member_ = Visit(6, 6, bureau.clock.now(), Session("m", 1, 6, 6, bureau.clock.now()))
    for visit in (stranger, member_):
        for act in ACTS:
            with pytest.raises(NotAllowed):
                await bureau.do(lambda w, a=act, v=visit: getattr(w.access, a)(v, 1, "por qué"))
        with pytest.raises(NotAllowed):
            await bureau.do(lambda w, v=visit: w.finding.begin(v, "nanez"))
        with pytest.raises(NotAllowed):
            await bureau.do(lambda w, v=visit: w.files.read(v, 1))


@pytest.mark.parametrize("role", Role)
async def test_who_may_search_is_said_in_one_place(bureau: Bureau, role: Role) -> None:
    await with_people(bureau)
    pedro = await bureau.employee("Pedro", role)
    if role in ROLES[Duty.MEMBERS]:
        assert await bureau.do(lambda w: w.finding.begin(pedro, "nanez"))
        return
    with pytest.raises(NotAllowed):
        await bureau.do(lambda w: w.finding.begin(pedro, "nanez"))


def test_every_duty_is_somebodys() -> None:
    assert set(ROLES) == set(Duty)
    assert all(Role.ADMIN in roles for roles in ROLES.values())
