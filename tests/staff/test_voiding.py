"""Employees void certificates: who may, which, once, and never their own."""

import asyncio
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest
from sqlalchemy import select, text, update
from sqlalchemy.exc import DBAPIError

from domain.certificates.certificate import Certificate
from domain.certificates.check import AlreadyVoid, NotGenuine, Standing
from domain.conversation import Session, Visit
from domain.staff.conduct import OwnAccount
from domain.staff.duties import ROLES, Duty, NotAllowed
from domain.staff.people import Role
from domain.staff.void_certificate import VoidAsEmployee
from storage.certificates.register import RegisterRepository
from storage.schema import audit, certificate, mail, staff_act
from storage.staff.work import StaffWork
from storage.unit import unit_of_work
from tests.certificates.rows import add_withholding
from tests.certificates.world import World
from tests.staff.test_own_account import Trusting
from tests.staff.world import Bureau, Meeting

WHY = "Tiene un dato equivocado"
ROUNDS = 100


async def issued(bureau: Bureau, member_id: int = 1, bound: int | None = None) -> Certificate:
    """A member with a certificate of 2025."""
    await bureau.member(member_id, bound=bound)
    async with bureau.database.unit() as connection:
        await add_withholding(connection, member_id)
    return await papers(bureau).issue(member_id)


def papers(bureau: Bureau) -> World:
    return World(bureau.database, bureau.clock, bureau.secrets, bureau.policies)


async def pedro(bureau: Bureau, **given: Any) -> Visit:
    return await bureau.employee("Pedro", given.pop("role", Role.ADMIN), **given)


async def void(bureau: Bureau, by: Visit, which: int) -> None:
    await bureau.do(lambda w: w.certificates.void(by, which, WHY))


async def standing(bureau: Bureau, which: Certificate) -> Standing:
    return (await papers(bureau).verdict(papers(bureau).code(which))).standing


async def test_by_code_or_folio_however_it_is_typed(bureau: Bureau) -> None:
    one, by = await issued(bureau), await pedro(bureau)
    code = papers(bureau).code(one)
    folio = str(one.folio)
    typed = (code, code.lower().replace("-", " "), folio, f" Folio {folio} ", "2026 - 1")
    for each in typed:
        assert (await bureau.do(lambda w, t=each: w.certificates.find(by, t))).id == one.id


@pytest.mark.parametrize("typed", ["2026-2", "2025-1", "1", "hola", "", "6G00-3VC5-PA5K-BKMN"])
async def test_anything_else_is_no_certificate(bureau: Bureau, typed: str) -> None:
    await issued(bureau)
    by = await pedro(bureau)
    with pytest.raises(NotGenuine):
        await bureau.do(lambda w: w.certificates.find(by, typed))


async def test_it_is_void_said_why_audited_and_told(bureau: Bureau) -> None:
    one, by = await issued(bureau), await pedro(bureau)
    await void(bureau, by, one.id)
    assert await standing(bureau, one) is Standing.VOID
    (row,) = await bureau.rows(certificate)
    assert (row.voided_by, row.void_reason, row.voided_at) == ("Pedro", WHY, by.now)
    (act,) = await bureau.rows(staff_act)
    assert (act.action, act.member_id, act.reason) == ("certificate_void", 1, WHY)
    (entry,) = await bureau.rows(audit, audit.c.action == "certificate_void")
    assert (entry.object, entry.result) == ("certificate:2026-000001", "done")
    assert entry.staff_id == by.session.employee.id
    assert [(m.kind, m.member_id) for m in await bureau.rows(mail)] == [("certificate_voided", 1)]


@pytest.mark.parametrize("role", [r for r in Role if r not in ROLES[Duty.CERTIFICATES]])
async def test_other_roles_void_nothing_and_leave_a_trace(bureau: Bureau, role: Role) -> None:
    one, by = await issued(bureau), await pedro(bureau, role=role)

    async def refused(work: StaffWork) -> None:
        with pytest.raises(NotAllowed):
            await work.certificates.void(by, one.id, WHY)

    await bureau.do(refused)
    with pytest.raises(NotAllowed):
        await bureau.do(lambda w: w.certificates.find(by, str(one.folio)))
    assert await standing(bureau, one) is Standing.VALID
    (entry,) = await bureau.rows(audit, audit.c.action == "certificate_void")
    assert (entry.result, entry.details) == ("refused", '{"why": "role"}')


async def test_members_and_strangers_void_nothing(bureau: Bureau) -> None:
    one, now = await issued(bureau), bureau.clock.now()
    for visit in (Visit(5, 5, now), Visit(6, 6, now, Session("m", 1, 6, 6, now))):
        with pytest.raises(NotAllowed):
            await void(bureau, visit, one.id)
        with pytest.raises(NotAllowed):
            await bureau.do(lambda w, v=visit: w.certificates.read(v, one.id))


@pytest.mark.parametrize("how", ["membership", "account"])
async def test_nobody_voids_their_own(bureau: Bureau, how: str) -> None:
    own = how == "membership"
    one = await issued(bureau, bound=None if own else 7001)
    by = await pedro(bureau, account=7001, member_id=1 if own else None)
    with pytest.raises(OwnAccount):
        await void(bureau, by, one.id)
    assert await standing(bureau, one) is Standing.VALID
    others = await issued(bureau, 2)
    await void(bureau, by, others.id)
    assert await standing(bureau, others) is Standing.VOID


async def void_own(bureau: Bureau) -> Certificate:
    """An employee voids their own past the use case's check."""
    one = await issued(bureau)
    by = await pedro(bureau, member_id=1)
    async with unit_of_work(bureau.database) as unit:
        work = StaffWork(unit, bureau.secrets, bureau.policies).certificates
        trusting = replace(work.conduct, acts=Trusting(unit.connection))
        await replace(work, conduct=trusting).void(by, one.id, WHY)
    return one


async def test_without_the_use_cases_check_the_database_still_refuses(bureau: Bureau) -> None:
    with pytest.raises(DBAPIError, match="own account"):
        await void_own(bureau)
    assert [row.voided_at for row in await bureau.rows(certificate)] == [None]


async def test_without_both_guards_it_happens(bureau: Bureau) -> None:
    place = "" if bureau.database.is_sqlite else " ON staff_act"
    async with bureau.database.unit() as connection:
        await connection.execute(text(f"DROP TRIGGER staff_act_insert_own{place}"))
    assert await standing(bureau, await void_own(bureau)) is Standing.VOID


async def test_an_altered_row_is_not_shown_as_ours(bureau: Bureau) -> None:
    one, by = await issued(bureau), await pedro(bureau)
    (row,) = await bureau.rows(certificate)
    forged = row.facts.replace("700000", "900000")
    async with bureau.database.unit() as connection:
        await connection.execute(update(certificate).values(facts=forged))
    for act in (
        lambda w: w.certificates.find(by, str(one.folio)),
        lambda w: w.certificates.read(by, one.id),
        lambda w: w.certificates.void(by, one.id, WHY),
    ):
        with pytest.raises(NotGenuine):
            await bureau.do(act)


async def both(bureau: Bureau, *acts: Any) -> list[str]:
    results = await asyncio.gather(*(bureau.do(a) for a in acts), return_exceptions=True)
    return sorted(type(result).__name__ for result in results)


async def test_of_two_at_once_one_voids(bureau: Bureau) -> None:
    one, first = await issued(bureau), await pedro(bureau)
    second = await bureau.employee("Luz", Role.VERIFIER)
    for _ in range(ROUNDS if bureau.database.is_sqlite else ROUNDS // 4):
        async with bureau.database.unit() as connection:
            await connection.execute(update(certificate).values(voided_at=None))
        acts = [lambda w, v=v: w.certificates.void(v, one.id, WHY) for v in (first, second)]
        assert await both(bureau, *acts) == ["AlreadyVoid", "Certificate"]
    assert len(await bureau.rows(staff_act)) == len(await bureau.rows(mail))


class Glancing(RegisterRepository):
    """Looks whether it is void, and then voids it."""

    def __init__(self, connection: Any, meeting: Meeting) -> None:
        super().__init__(connection)
        self._meeting = meeting

    async def void(self, certificate_id: int, reason: str, by: str, at: datetime) -> bool:
        voided = select(certificate.c.voided_at).where(certificate.c.id == certificate_id)
        if await self._connection.scalar(voided) is not None:
            return False
        await self._meeting.wait()
        mine = update(certificate).where(certificate.c.id == certificate_id)
        await self._connection.execute(mine.values(voided_at=at, voided_by=by))
        return True


async def test_looking_before_voiding_is_not_enough(bureau: Bureau) -> None:
    """On SQLite units of work take turns anyway; PostgreSQL shows the difference."""
    one, first = await issued(bureau), await pedro(bureau)
    second, meeting = await bureau.employee("Luz", Role.VERIFIER), Meeting()

    def glancing(work: StaffWork) -> VoidAsEmployee:
        register = Glancing(work.unit.connection, meeting)
        usual = work.certificates
        return replace(usual, voiding=replace(usual.voiding, issued=register))

    acts = [lambda w, v=v: glancing(w).void(v, one.id, WHY) for v in (first, second)]
    results = await both(bureau, *acts)
    if bureau.database.is_sqlite:
        assert results == ["AlreadyVoid", "Certificate"]
    else:
        assert results == ["Certificate", "Certificate"]


async def test_once_void_it_stays_so(bureau: Bureau) -> None:
    one, by = await issued(bureau), await pedro(bureau)
    await void(bureau, by, one.id)
    with pytest.raises(AlreadyVoid):
        await void(bureau, by, one.id)
    verdict = await bureau.do(lambda w: w.certificates.read(by, one.id))
    assert verdict.standing is Standing.VOID
    assert len(await bureau.rows(mail)) == 1
