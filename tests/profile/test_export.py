"""`coopbot export profile-updates`: exact, safe in a spreadsheet, acknowledged."""

import csv
import io

import pytest

from bot.commands_profile import acknowledge, export, safe
from domain.profile.outward import outward
from tests.profile.test_feed import approve
from tests.profile.world import HEIR, INCOME, PERSONAL, Proves


def rows(path):
    return list(csv.reader(io.StringIO(path.read_text("utf-8-sig")), delimiter=";"))


async def test_what_was_approved_is_written_until_it_is_acknowledged(
    world, database_url, tmp_path, capsys
):
    file = tmp_path / "out.csv"
    async with world.as_member() as office:
        await office.paper(Proves.INCOME)
    await approve(
        world, personal=PERSONAL | {"municipality": "15759"}, income=INCOME, beneficiaries=[HEIR]
    )
    assert await export(database_url, file) == 0
    header, *written = rows(file)
    assert header == ["posicion", "numero_asociado", "radicado", "campo", "valor", "aprobado"]
    by_field = {row[3]: row[4] for row in written}
    assert by_field["income.salary"] == "3500000.00"
    assert by_field["personal.municipality"] == "15759"
    assert '"share": "100.00"' in by_field["beneficiaries"]
    assert {row[1] for row in written} == {"A00001"}
    position = int(written[-1][0])
    assert f"--acknowledge {position}" in capsys.readouterr().out
    assert await acknowledge(database_url, position) == 0
    assert await acknowledge(database_url, position + 1) == 2
    await export(database_url, file)
    assert rows(file) == [header]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\0"])
def test_no_cell_is_run(start):
    assert safe(f"{start}cmd|' /C calc'!A0")[0] == "'"
    assert safe(f"a{start}b") == f"a{start}b"


def test_a_removed_value_is_an_empty_cell():
    assert outward("personal.phone", None) == ""
