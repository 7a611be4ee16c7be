"""From the draft to the decision: what is kept, what is refused, what becomes data of record."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import delete, select, update
from sqlalchemy.exc import IntegrityError

from domain.profile.draft import Draft
from domain.profile.filing import Incomplete, Unproven
from domain.profile.papers import Proves
from domain.profile.requests import NewRequest, SectionTaken, State
from domain.profile.sections import REFERENCES
from domain.profile.verifying import OwnRequest
from domain.staff.people import Role
from storage.schema import (
    audit,
    mail,
    member,
    outbox,
    outdated_value,
    profile_draft,
    profile_paper,
    profile_section,
    profile_update,
    profile_value,
    staff,
    step_up,
)
from tests.profile.world import (
    DEPENDANT,
    HEIR,
    INCOME,
    MEMBER,
    OTHER,
    OWN,
    PERSONAL,
    VERIFIER,
)

MOVED = PERSONAL | {"address": "Carrera 9 # 1-2", "neighbourhood": "La Fuente"}
NEW_EMAIL = PERSONAL | {"email": "nuevo@correo.example"}


async def rows(world, table, *wanted):
    async with world.database.unit() as connection:
        return (await connection.execute(select(table).where(*wanted))).all()


async def on_file(world, member_id=MEMBER):
    async with world.as_member(member_id) as office:
        return (await office.filing.standing(office.visit)).profile


async def test_what_the_core_system_loaded_is_on_file(world):
    profile = await on_file(world)
    (personal,) = profile.entries["personal"]
    assert personal == {
        "first_names": "MARÍA EUGENIA",
        "surnames": "Ñáñez Peña",
        "email": "m1@correo.example",
        "mobile": "+573104567890",
        "municipality": "15001",
    }


async def test_a_draft_is_seen_by_no_one_else(world):
    async with world.as_member() as office:
        await office.draft(personal=MOVED)
    async with world.as_member(2) as office:
        assert (await office.filing.standing(office.visit)).draft == Draft()


async def test_an_approval_is_data_of_record_an_update_and_a_message(world):
    request = await world.filed(personal=NEW_EMAIL)
    assert request.number == "ACT-2026-000001"
    async with world.as_staff() as office:
        decided = await office.verifying.approve(office.visit, request.id, ["personal"])
    assert [part.state for part in decided.now] == [State.APPROVED]
    await world.serve()
    (personal,) = (await on_file(world)).entries["personal"]
    assert personal == NEW_EMAIL
    assert (await rows(world, member, member.c.id == MEMBER))[0].email == "nuevo@correo.example"
    values = {r.field: r.value for r in await rows(world, profile_update)}
    assert values["personal.email"] == "nuevo@correo.example"
    positions = [r.position for r in await rows(world, profile_update)]
    assert sorted(positions) == list(range(1, len(positions) + 1))
    assert {(r.field, r.source) for r in await rows(world, profile_value)} >= {
        ("personal.email", request.number)
    }
    letters = {(r.kind, r.payload.count("m1@correo")) for r in await rows(world, mail)}
    assert {("change_held", 1), ("profile_decided", 0)} <= letters
    told = [r.payload for r in await rows(world, outbox, outbox.c.chat_id == 101)]
    assert any("profile_decided" in payload for payload in told)
    assert "profile_approved" in {r.action for r in await rows(world, audit)}


async def test_verifiers_are_told_but_not_whose_own_it_is(world):
    await world.filed(personal=MOVED)
    told = {r.chat_id for r in await rows(world, outbox)}
    assert told == {VERIFIER, OTHER}
    assert not [r for r in await rows(world, outbox) if "Carrera" in r.payload]


async def test_sections_are_decided_one_by_one_and_the_last_closes(world):
    async with world.as_member() as office:
        await office.paper(Proves.INCOME)
    request = await world.filed(personal=MOVED, income=INCOME)
    async with world.as_staff() as office:
        first = await office.verifying.approve(office.visit, request.id, ["personal"])
        assert [p.change.section for p in first.request.pending] == ["income"]
    async with world.as_staff(OTHER) as office:
        last = await office.verifying.reject(office.visit, request.id, ["income"], "mismatch")
    assert last.request.pending == ()
    profile = await on_file(world)
    assert profile.entries["personal"][0]["address"] == "Carrera 9 # 1-2"
    assert profile.entries["income"] == ({},)
    (paper,) = await rows(world, profile_paper)
    assert paper.delete_at is not None


async def test_a_section_waits_in_one_request_only(world):
    await world.filed(personal=MOVED)
    async with world.as_member() as office:
        await office.draft(personal=NEW_EMAIL)
        with pytest.raises(Incomplete):
            await office.file()
    async with world.as_member() as office:
        standing = await office.filing.standing(office.visit)
        assert standing.waiting == {"personal"}


async def test_filing_twice_at_once_leaves_one_and_no_trace_of_the_other(world):
    async with world.as_member() as office:
        await office.draft(personal=MOVED)
        standing = await office.filing.standing(office.visit)
        await office.file()
        again = NewRequest(MEMBER, 101, office.visit.now, standing.changes, ())
        with pytest.raises(SectionTaken):
            await office.filing.requests.file(again)
    assert len(await rows(world, profile_section)) == 1
    async with world.as_member() as office:
        assert len(await office.following.own(office.visit)) == 1


@pytest.mark.parametrize(
    ("broken", "needed"),
    [
        ({"additional": {"pep": "yes"}}, {"additional": {"pep": "no"}}),
        ({"beneficiaries": [HEIR | {"share": "5000"}]}, {"beneficiaries": [HEIR]}),
        ({"beneficiaries": [HEIR, HEIR]}, {"beneficiaries": [HEIR]}),
    ],
)
async def test_what_is_incomplete_is_not_filed_and_nothing_typed_is_lost(world, broken, needed):
    async with world.as_member() as office:
        await office.draft(**broken)
        with pytest.raises(Incomplete):
            await office.file()
    async with world.as_member() as office:
        await office.draft(**needed)
        assert (await office.file()).number == "ACT-2026-000001"


async def test_a_new_address_must_be_proven(world):
    async with world.as_member() as office:
        await office.draft(personal=NEW_EMAIL)
        standing = await office.filing.standing(office.visit)
        draft = standing.draft.with_proof("email", "another@correo.example")
        await office.filing.keep(office.visit, draft)
        with pytest.raises(Incomplete):
            await office.file()


async def test_who_was_not_proven_lately_cannot_file(world):
    async with world.database.unit() as connection:
        await connection.execute(delete(step_up))
    async with world.as_member() as office:
        await office.draft(personal=MOVED)
        with pytest.raises(Unproven):
            await office.file()
        assert (await office.filing.standing(office.visit)).changes


async def test_a_paper_is_asked_for_where_a_rule_needs_one(world):
    async with world.as_member() as office:
        await office.draft(income=INCOME, dependants=[DEPENDANT])
        with pytest.raises(Incomplete):
            await office.file()
        standing = await office.filing.standing(office.visit)
        assert standing.needs == (Proves.INCOME, Proves.KINSHIP)
        await office.paper(Proves.INCOME)
        await office.paper(Proves.KINSHIP)
        await office.paper(Proves.IDENTITY)
        request = await office.file()
    kept = await rows(world, profile_paper)
    assert {p.reason for p in kept} == {"income", "kinship"}
    assert {p.request_id for p in kept} == {request.id}


async def test_papers_are_sealed_and_open_only_for_their_request(world):
    async with world.as_member() as office:
        await office.paper(Proves.INCOME, b"%PDF-1.4 the salary of Maria")
    request = await world.filed(income=INCOME)
    (paper,) = await rows(world, profile_paper)
    assert b"salary" not in paper.sealed
    async with world.as_staff() as office:
        papers = office.verifying
        _, content = await papers.paper(office.visit, request.id, paper.id)
        assert content == b"%PDF-1.4 the salary of Maria"
        assert await papers.papers.content(request.id + 1, paper.id) is None
    assert "profile_paper_seen" in {r.action for r in await rows(world, audit)}


async def test_withdrawing_takes_back_what_is_pending(world):
    request = await world.filed(personal=MOVED)
    async with world.as_member(2) as office:
        assert not await office.following.withdraw(office.visit, request.id)
        assert await office.following.one(office.visit, request.id) is None
    async with world.as_member() as office:
        assert await office.following.withdraw(office.visit, request.id)
        assert not await office.following.withdraw(office.visit, request.id)
    async with world.as_staff() as office:
        late = await office.verifying.approve(office.visit, request.id, ["personal"])
        assert late.now == ()
    assert (await on_file(world)).entries["personal"][0].get("address") is None


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
