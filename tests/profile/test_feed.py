"""What the core system takes: in order, until it is acknowledged, and no load undoes it."""

import asyncio

import pytest
from sqlalchemy import select

from domain.profile.changes import Change
from domain.profile.feed import BadCursor
from domain.profile.requests import NewRequest
from storage.profile.office import updates
from storage.schema import member
from tests.intake.world import load_files, small, write
from tests.profile.world import HEIR, NOW, OTHER, PERSONAL, VERIFIER, World, employ


async def approve(world: World, staff_id: int = VERIFIER, **sections) -> None:
    request = await world.filed(**sections)
    async with world.as_staff(staff_id) as office:
        await office.verifying.approve(office.visit, request.id, list(sections))


async def read(world: World, since: int | None = None, most: int = 500):
    async with world.database.unit() as connection:
        return await updates(connection).read(since, most)


async def acknowledge(world: World, position: int) -> int:
    async with world.database.unit() as connection:
        return await updates(connection).acknowledge(position, NOW)


async def test_updates_come_in_order_and_again_until_they_are_acknowledged(world):
    await approve(world, personal=PERSONAL | {"address": "Carrera 9 # 1-2"})
    first = await read(world)
    assert first == await read(world)
    assert [u.position for u in first.updates] == list(range(1, first.since + 1))
    assert {u.member_number for u in first.updates} == {"A00001"}
    assert await acknowledge(world, first.since) == len(first.updates)
    assert await acknowledge(world, first.since) == 0
    assert (await read(world)).updates == ()
    await approve(world, beneficiaries=[HEIR])
    (update,) = (await read(world)).updates
    assert (update.field, update.position) == ("beneficiaries", first.since + 1)
    assert await read(world, 0, 3) != await read(world, 3, 3)


async def test_small_batches_miss_nothing_and_take_nothing_twice(world):
    await approve(world, personal=PERSONAL, beneficiaries=[HEIR])
    seen: list[int] = []
    while True:
        batch = await read(world, most=2)
        seen += [u.position for u in batch.updates]
        await acknowledge(world, batch.since)
        if not batch.more:
            break
    assert seen == list(range(1, len(seen) + 1))


async def test_nobody_acknowledges_what_was_never_handed_out(world):
    with pytest.raises(BadCursor):
        await acknowledge(world, 1)
    await approve(world, beneficiaries=[HEIR])
    assert await acknowledge(world, 1) == 1


async def test_approvals_at_once_leave_no_gap(world):
    requests = []
    for member_id in (1, 2):
        async with world.as_member(member_id) as office:
            await office.draft(beneficiaries=[HEIR])
            requests.append(await office.file())

    async def press(staff_id, request_id):
        async with world.as_staff(staff_id) as office:
            await office.verifying.approve(office.visit, request_id, ["beneficiaries"])

    await asyncio.gather(press(VERIFIER, requests[0].id), press(OTHER, requests[1].id))
    assert [u.position for u in (await read(world)).updates] == [1, 2]


# --- a later load ---


@pytest.fixture
async def loaded(database, tmp_path):
    """The member of the files, with a new e-mail approved after the load."""
    await load_files(database, write(tmp_path, small()))
    world = await employ(database)
    async with database.unit() as connection:
        number = await connection.scalar(select(member.c.id).where(member.c.number == "1001"))
    return world, number


async def approve_email(world: World, member_id: int, address: str) -> None:
    change = Change("personal", ({"email": "rosa@correo.example"},), ({"email": address},))
    async with world.as_staff() as office:
        new = NewRequest(member_id, 5, NOW, (change,), ())
        request = await office.verifying.requests.file(new)
        await office.verifying.approve(office.visit, request.id, ["personal"])
    await world.serve()


async def email_of(world: World, member_id: int) -> str | None:
    async with world.database.unit() as connection:
        mine = select(member.c.email).where(member.c.id == member_id)
        return await connection.scalar(mine)


async def load_with(world: World, folder, email: str):
    files = small()
    files["asociados.csv"][0]["correo"] = email
    loaded = await load_files(world.database, write(folder, files))
    about = [f for f in loaded.findings if f.column == "correo"]
    return [(f.line, f.column, f.reason.value) for f in about]


@pytest.mark.parametrize("brought", ["rosa@correo.example", ""])
async def test_a_late_load_does_not_undo_an_approval_and_is_reported(loaded, tmp_path, brought):
    world, rosa = loaded
    await approve_email(world, rosa, "nueva@correo.example")
    for _ in range(2):
        found = await load_with(world, tmp_path, brought)
        assert found == [(2, "correo", "older_than_approval")]
        assert await email_of(world, rosa) == "nueva@correo.example"


async def test_once_the_core_system_has_it_the_file_rules_again(loaded, tmp_path):
    world, rosa = loaded
    await approve_email(world, rosa, "nueva@correo.example")
    assert await load_with(world, tmp_path, "nueva@correo.example") == []
    assert await load_with(world, tmp_path, "rosa@correo.example") == []
    assert await email_of(world, rosa) == "rosa@correo.example"


async def test_a_third_value_is_taken_and_reported(loaded, tmp_path):
    world, rosa = loaded
    await approve_email(world, rosa, "nueva@correo.example")
    found = await load_with(world, tmp_path, "tercera@correo.example")
    assert found == [(2, "correo", "other_than_approval")]
    assert await email_of(world, rosa) == "tercera@correo.example"


async def test_other_members_are_loaded_as_ever(loaded, tmp_path):
    world, rosa = loaded
    await approve_email(world, rosa, "nueva@correo.example")
    files = small()
    files["asociados.csv"][1]["correo"] = "ivan@correo.example"
    await load_files(world.database, write(tmp_path, files))
    assert await email_of(world, rosa + 1) == "ivan@correo.example"
