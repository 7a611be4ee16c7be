"""Each control taken out lets through what it stops: the tests that hold it can fail."""

import asyncio

import pytest
from cryptography.exceptions import InvalidTag
from sqlalchemy import select, text, true
from sqlalchemy.exc import DBAPIError

from domain.profile import changes as changes_module
from domain.profile.filing import Incomplete
from domain.profile.verifying import OwnRequest
from storage.profile import desk as desk_module
from storage.profile import requests as requests_module
from storage.profile.desk import DeskRepository
from storage.profile.drafts import DraftRepository
from storage.profile.vault import Vault
from storage.schema import profile_paper, profile_section, profile_update, session
from tests.profile.test_requests import MOVED, NEW_EMAIL
from tests.profile.world import HEIR, MEMBER, NOW, OTHER, OWN, SECRETS, VERIFIER, Proves, unproven


async def approve_own(world, request):
    async with world.as_staff(OWN) as office:
        return await office.verifying.approve(office.visit, request.id, ["personal"])


async def drop_triggers(world):
    async with world.database.unit() as connection:
        if connection.dialect.name == "sqlite":
            for name in ("own_decision_insert", "own_decision_update"):
                await connection.execute(text(f"DROP TRIGGER {name}"))
        else:
            await connection.execute(text("DROP TRIGGER own_decision ON profile_section"))


async def nobodys(*_: object) -> bool:
    """Asks nobody whose data it is."""
    return False


async def test_own_data_is_held_by_two_controls(world, monkeypatch):
    request = await world.filed(personal=MOVED)
    with pytest.raises(OwnRequest):
        await approve_own(world, request)
    monkeypatch.setattr(DeskRepository, "is_own", nobodys)
    with pytest.raises(DBAPIError, match="own data"):
        await approve_own(world, request)
    await drop_triggers(world)
    assert (await approve_own(world, request)).now


async def test_so_is_that_of_a_member_who_once_was_at_ones_telegram(world, monkeypatch):
    request = await world.filed(personal=MOVED)
    async with world.database.unit() as connection:
        earlier = {"id": "earlier", "member_id": MEMBER, "chat_id": VERIFIER}
        row = earlier | {"telegram_id": VERIFIER, "started_at": NOW, "ended_at": NOW}
        await connection.execute(session.insert().values(row))
    with pytest.raises(OwnRequest):
        async with world.as_staff() as office:
            await office.verifying.approve(office.visit, request.id, ["personal"])
    monkeypatch.setattr(DeskRepository, "is_own", nobodys)
    with pytest.raises(DBAPIError, match="own data"):
        async with world.as_staff() as office:
            await office.verifying.approve(office.visit, request.id, ["personal"])
    async with world.as_staff(OTHER) as office:
        assert (await office.verifying.approve(office.visit, request.id, ["personal"])).now


async def test_the_trigger_holds_what_came_from_ones_own_telegram(world):
    request = await world.filed(personal=MOVED)
    async with world.database.unit() as connection:
        moved = text("UPDATE profile_request SET chat_id = :chat")
        await connection.execute(moved, {"chat": VERIFIER})
    with pytest.raises(OwnRequest):
        async with world.as_staff() as office:
            await office.verifying.approve(office.visit, request.id, ["personal"])
    decided = profile_section.update().values(state="approved", decided_by=VERIFIER)
    with pytest.raises(DBAPIError, match="own data"):
        async with world.database.unit() as connection:
            await connection.execute(decided)


@pytest.mark.parametrize("held", [True, False])
async def test_the_first_decision_wins_because_of_its_condition(world, monkeypatch, held):
    if not held:
        monkeypatch.setattr(requests_module, "_PENDING", true())
    request = await world.filed(beneficiaries=[HEIR])

    async def press(staff_id):
        async with world.as_staff(staff_id) as office:
            verifying = office.verifying
            done = await verifying.approve(office.visit, request.id, ["beneficiaries"])
            return len(done.now)

    counts = await asyncio.gather(press(VERIFIER), press(OTHER))
    assert sum(counts) == (1 if held else 2)
    async with world.database.unit() as connection:
        taken = (await connection.execute(select(profile_update))).all()
        assert len(taken) == sum(counts)


@pytest.mark.parametrize("held", [True, False])
async def test_an_unproven_address_is_held_by_its_gap(world, monkeypatch, held):
    if not held:
        monkeypatch.setattr(changes_module, "_unproven", lambda *_: iter(()))
    async with world.as_member() as office:
        await office.draft(personal=NEW_EMAIL)
        standing = await office.filing.standing(office.visit)
        await office.filing.keep(office.visit, unproven(standing.draft))
        if held:
            with pytest.raises(Incomplete):
                await office.file()
        else:
            assert (await office.file()).pending


@pytest.mark.parametrize("held", [True, False])
async def test_a_draft_is_held_by_its_owner(world, monkeypatch, held):
    async with world.as_member() as office:
        await office.draft(personal=MOVED)
    if not held:
        ours = DraftRepository.of
        monkeypatch.setattr(DraftRepository, "of", lambda self, _: ours(self, MEMBER))
    async with world.as_member(2) as office:
        seen = await office.filing.standing(office.visit)
        assert seen.draft.is_empty is held


@pytest.mark.parametrize("held", [True, False])
async def test_papers_are_held_by_their_seal(world, monkeypatch, held):
    if not held:
        monkeypatch.setattr(Vault, "seal", lambda self, content, *_: content)
    async with world.as_member() as office:
        await office.paper(Proves.INCOME, b"%PDF-1.4 the salary of Maria")
    async with world.database.unit() as connection:
        sealed = await connection.scalar(select(profile_paper.c.sealed))
    assert (b"salary" not in sealed) is held


def test_a_seal_opens_for_its_own_member_and_reason_only():
    vault = Vault(SECRETS.papers)
    sealed = vault.seal(b"paper", MEMBER, "income")
    assert vault.open(sealed, MEMBER, "income") == b"paper"
    assert vault.seal(b"paper", MEMBER, "income") != sealed
    broken = sealed[:-1] + bytes([sealed[-1] ^ 1])
    for wrong in ((sealed, 2, "income"), (sealed, MEMBER, "identity"), (broken, MEMBER, "income")):
        with pytest.raises(InvalidTag):
            vault.open(*wrong)


@pytest.mark.parametrize("held", [True, False])
async def test_a_claim_is_held_by_its_condition(world, monkeypatch, held):
    request = await world.filed(personal=MOVED)
    if not held:
        monkeypatch.setattr(desk_module, "_FREE", true())
    for staff_id in (VERIFIER, OTHER):
        async with world.as_staff(staff_id) as office:
            seen = await office.verifying.open(office.visit, request.id)
    assert (seen.claimed_by == VERIFIER) is held
    async with world.database.unit() as connection:
        pending = (await connection.execute(select(profile_section))).all()
        assert [row.state for row in pending] == ["pending"]
