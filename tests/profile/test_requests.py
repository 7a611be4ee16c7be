"""From the draft to the decision: what is kept, what is refused, what becomes data of record."""

import pytest
from sqlalchemy import delete, select

from domain.profile.draft import Draft
from domain.profile.filing import Incomplete, Unproven
from domain.profile.papers import Proves
from domain.profile.requests import NewRequest, SectionTaken, State
from storage.schema import (
    audit,
    mail,
    member,
    outbox,
    profile_paper,
    profile_section,
    profile_update,
    profile_value,
    step_up,
)
from tests.profile.world import (
    DEPENDANT,
    HEIR,
    INCOME,
    MEMBER,
    OTHER,
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
