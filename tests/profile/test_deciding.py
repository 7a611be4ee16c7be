"""Who decides on a request, once, and never on their own."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import update
from sqlalchemy.exc import IntegrityError

from domain.profile.sections import REFERENCES
from domain.profile.verifying import OwnRequest
from domain.staff.people import Role
from storage.schema import (
    audit,
    outbox,
    outdated_value,
    profile_draft,
    profile_section,
    profile_update,
    staff,
)
from tests.profile.test_requests import MOVED, on_file, rows
from tests.profile.world import (
    HEIR,
    OTHER,
    OWN,
    PERSONAL,
    VERIFIER,
)


async def test_nobody_decides_their_own(world):
    request = await world.filed(personal=MOVED)
    async with world.as_staff(OWN) as office:
        with pytest.raises(OwnRequest):
            await office.verifying.approve(office.visit, request.id, ["personal"])
    assert "profile_own" in {r.action for r in await rows(world, audit)}
    assert {r.state for r in await rows(world, profile_section)} == {"pending"}


@pytest.mark.parametrize("state", ["approved", "rejected"])
async def test_nobody_decides_their_own_by_direct_sql_either(world, state):
    await world.filed(personal=MOVED)
    with pytest.raises(IntegrityError):
        async with world.database.unit() as connection:
            await connection.execute(update(profile_section).values(state=state, decided_by=OWN))
    async with world.database.unit() as connection:
        await connection.execute(update(profile_section).values(state=state, decided_by=OTHER))


async def test_a_decision_without_a_decider_is_refused_by_the_database(world):
    await world.filed(personal=MOVED)
    with pytest.raises(IntegrityError):
        async with world.database.unit() as connection:
            await connection.execute(update(profile_section).values(state="approved"))


async def test_only_verifiers_decide(world):
    request = await world.filed(personal=MOVED)
    async with world.as_member() as office:
        with pytest.raises(PermissionError):
            await office.verifying.approve(office.visit, request.id, ["personal"])
    async with world.as_staff() as office:
        session = office.visit.session
        support = replace(session, employee=replace(session.employee, role=Role.SUPPORT))
        visit = replace(office.visit, session=support)
        with pytest.raises(PermissionError):
            await office.verifying.reject(visit, request.id, ["personal"], "no")


async def test_two_verifiers_at_once_make_one_decision(world):
    """200 rounds; both press at the same moment, one approves and one rejects."""

    async def press(staff_id, request_id):
        async with world.as_staff(staff_id) as office:
            verifying = office.verifying
            if staff_id == VERIFIER:
                done = await verifying.approve(office.visit, request_id, ["references"])
            else:
                done = await verifying.reject(office.visit, request_id, ["references"], "no")
            return len(done.now)

    friend = {"kind": "personal", "name": "Rosa", "tie": "friend", "municipality": "15001"}
    for number in range(200):
        phone = f"+57310{number:07}"
        request = await world.filed(references=[friend | {"phone": phone}])
        counts = await asyncio.gather(press(VERIFIER, request.id), press(OTHER, request.id))
        assert sorted(counts) == [0, 1]
    decided = await rows(world, profile_section)
    approved = [r for r in decided if r.state == "approved"]
    assert len(decided) == 200
    assert len(approved) == len(await rows(world, profile_update))


async def test_a_claim_runs_out_and_nothing_rests(world):
    request = await world.filed(personal=MOVED)
    async with world.as_staff() as office:
        opened = await office.verifying.open(office.visit, request.id)
        assert opened.claimer_at(office.visit.now) == f"Empleado {VERIFIER}"
    async with world.as_staff(OTHER) as office:
        seen = await office.verifying.open(office.visit, request.id)
        assert seen.claimer_at(office.visit.now) == f"Empleado {VERIFIER}"
    async with world.as_staff(OTHER, minutes=16) as office:
        taken = await office.verifying.open(office.visit, request.id)
        assert taken.claimer_at(office.visit.now) == f"Empleado {OTHER}"
        await office.verifying.release(office.visit, request.id)
    async with world.as_staff(minutes=17) as office:
        assert (await office.verifying.open(office.visit, request.id)).claimed_by == VERIFIER


async def test_a_question_is_answered_in_the_same_request(world):
    request = await world.filed(personal=MOVED)
    async with world.as_staff() as office:
        assert await office.verifying.ask(office.visit, request.id, "¿Es casa o apartamento?")
        assert not await office.verifying.ask(office.visit, request.id, "¿Y el piso?")
    async with world.as_member(2) as office:
        assert not await office.following.answer(office.visit, request.id, "Yo tampoco")
    async with world.as_member() as office:
        assert await office.following.answer(office.visit, request.id, "Apartamento 301")
        assert not await office.following.answer(office.visit, request.id, "Otra vez")
    async with world.as_staff() as office:
        seen = await office.verifying.open(office.visit, request.id)
        assert [q.answer for q in seen.questions] == ["Apartamento 301"]
        assert await office.verifying.ask(office.visit, request.id, "¿Y el piso?")


async def test_the_queue_counts_and_filters(world):
    first = await world.filed(personal=MOVED, beneficiaries=[HEIR])
    async with world.as_staff(hours=5) as office:
        queue = await office.verifying.queue(office.visit, "", 0, 10)
        assert (queue.total, queue.oldest) == (1, timedelta(hours=5))
        assert queue.counts == {"personal": 1, "beneficiaries": 1}
        (entry,) = queue.shown
        assert (entry.name, entry.risky) == ("María Ñ.", True)
        assert entry.sections == ("personal", "beneficiaries")
        await office.verifying.approve(office.visit, first.id, ["personal"])
        assert (await office.verifying.queue(office.visit, "personal", 0, 10)).total == 0
        assert (await office.verifying.queue(office.visit, "beneficiaries", 0, 10)).total == 1


async def test_saying_that_all_is_the_same_is_kept_without_anybody_deciding(world):
    async with world.as_member() as office:
        standing = await office.filing.standing(office.visit)
        await office.filing.keep(office.visit, standing.draft.as_before(REFERENCES))
        assert await office.filing.confirm(office.visit) == ("references",)
        assert await office.filing.confirm(office.visit) == ()
    profile = await on_file(world)
    assert not profile.is_old(REFERENCES, profile.confirmed["references"])
    assert await rows(world, profile_section) == []
    assert await rows(world, profile_draft) == []


async def test_a_second_approval_before_a_load_remembers_both_values(world):
    for day, name in enumerate(("uno", "dos")):
        request = await world.filed(personal=PERSONAL | {"email": f"{name}@correo.example"})
        async with world.as_staff(days=day) as office:
            await office.verifying.approve(office.visit, request.id, ["personal"])
        await world.serve(days=day)
    outdated = {row.previous for row in await rows(world, outdated_value)}
    assert outdated == {"m1@correo.example", "uno@correo.example"}


async def test_a_verifier_who_left_is_not_told(world):
    async with world.database.unit() as connection:
        await connection.execute(
            update(staff).where(staff.c.id == OTHER).values(revoked_at=staff.c.created_at)
        )
    await world.filed(personal=MOVED)
    assert {r.chat_id for r in await rows(world, outbox)} == {VERIFIER}
