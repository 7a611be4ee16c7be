"""Personal data from the core system (`datos.csv`), in the form in which it takes ours."""

import json

import pytest
from sqlalchemy import select, update

from domain.profile.applying import OF_THE_CORE
from domain.profile.changes import Change
from domain.profile.inward import NotOnTheForm, Unfit, inward
from domain.profile.outward import outward
from domain.profile.requests import NewRequest
from domain.profile.sections import SECTIONS
from storage.profile.office import updates
from storage.profile.profiles import ProfileRepository
from storage.schema import member
from tests.intake.world import load_files, small, write
from tests.profile.test_kinds import FIELDS, NAMES, TODAY, bad, good, kept
from tests.profile.world import HEIR, NOW, World, employ

HEIRS = json.dumps([HEIR | {"share": "100.00"}])


@pytest.mark.parametrize(("section", "field"), FIELDS, ids=NAMES)
def test_what_we_hand_out_is_read_back(section, field):
    name = f"{section.name}.{field.name}"
    typed, _ = good(field)[-1]
    value = kept(section, field, typed)
    if section.repeats or name in OF_THE_CORE:
        with pytest.raises(NotOnTheForm):
            inward(name, value, TODAY)
        return
    assert inward(name, outward(name, value), TODAY) == value
    with pytest.raises(Unfit):
        inward(name, bad(field)[0][0], TODAY)


@pytest.mark.parametrize(
    "value",
    ["", "[", "{}", '["x"]', '[{"name": "Ana"}]', HEIRS.replace("100.00", "50"), '[{"x": "y"}]'],
)
def test_a_list_is_whole_or_refused(value):
    assert inward("beneficiaries", HEIRS, TODAY)
    with pytest.raises(Unfit):
        inward("beneficiaries", value, TODAY)


@pytest.fixture
async def world(database) -> World:
    return await employ(database)


async def load(world, folder, *rows):
    columns = ("numero_asociado", "campo", "valor")
    files = small() | {"datos.csv": [dict(zip(columns, row, strict=True)) for row in rows]}
    loaded = await load_files(world.database, write(folder, files))
    return [(f.line, f.column, f.reason.value) for f in loaded.findings if f.file == "datos.csv"]


async def on_file(world, name):
    async with world.database.unit() as connection:
        rosa = await connection.scalar(select(member.c.id).where(member.c.number == "1001"))
        profile = await ProfileRepository(connection).on_file(rosa)
        return rosa, profile.of(SECTIONS[name])


async def test_good_rows_are_on_file_and_bad_ones_reported(world, tmp_path):
    found = await load(
        world,
        tmp_path,
        ("1001", "personal.address", "Calle 20 # 9-90"),
        ("1001", "income.salary", "2.500.000,00"),
        ("1001", "beneficiaries", HEIRS),
        ("1001", "personal.email", "x@correo.example"),
        ("1001", "personal.stratum", "9"),
        ("9999", "personal.address", "Calle 1 # 2-3"),
        ("1001", "personal.address", "Otra calle"),
    )
    assert found == [
        (5, "campo", "not_on_the_form"),
        (6, "valor", "unfit_value"),
        (7, "numero_asociado", "member_unknown"),
        (8, "campo", "duplicate"),
    ]
    _, (personal,) = await on_file(world, "personal")
    assert personal["address"] == "Calle 20 # 9-90"
    _, (income,) = await on_file(world, "income")
    assert income == {"salary": "250000000"}
    _, heirs = await on_file(world, "beneficiaries")
    assert heirs == (HEIR,)


async def test_the_salary_that_is_on_file_is_shown_until_the_member_says_another(world, tmp_path):
    await load(world, tmp_path, ("1001", "personal.address", "Calle 20 # 9-90"))
    async with world.database.unit() as connection:
        rosa = member.c.number == "1001"
        await connection.execute(update(member).where(rosa).values(salary=2_500_000_00))
    assert (await on_file(world, "income"))[1] == ({"salary": "250000000"},)
    await load(world, tmp_path, ("1001", "income.salary", "3.100.000,00"))
    assert (await on_file(world, "income"))[1] == ({"salary": "310000000"},)


async def test_an_approval_stays_until_the_core_system_has_taken_it(world, tmp_path):
    old, new = "Calle 20 # 9-90", "Carrera 9 # 1-2"
    row = ("1001", "personal.address", old)
    await load(world, tmp_path, row)
    rosa, _ = await on_file(world, "personal")
    await approve(world, rosa, old, new)
    assert await load(world, tmp_path, row) == [(2, "valor", "older_than_approval")]
    assert (await on_file(world, "personal"))[1][0]["address"] == new
    async with world.database.unit() as connection:
        await updates(connection).acknowledge(1, NOW)
    assert await load(world, tmp_path, ("1001", "personal.address", new)) == []
    assert await load(world, tmp_path, ("1001", "personal.address", "Calle 7 # 7-7")) == []
    assert (await on_file(world, "personal"))[1][0]["address"] == "Calle 7 # 7-7"


async def approve(world: World, member_id: int, old: str, new: str) -> None:
    change = Change("personal", ({"address": old},), ({"address": new},))
    async with world.as_staff() as office:
        filed = NewRequest(member_id, 5, NOW, (change,), ())
        request = await office.verifying.requests.file(filed)
        await office.verifying.approve(office.visit, request.id, ["personal"])
