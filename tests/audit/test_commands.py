"""`coopbot audit`, as an operator or an auditor types it."""

import asyncio
import base64
import csv
from datetime import timedelta

import pytest
from typer.testing import CliRunner

from bot.cli import app
from domain.access.journal import Action, Result
from handlers.kit.texts import catalog
from storage.audit import aside
from tests.audit.tampering import tamper
from tests.audit.trail import START, write
from tests.keys import SECRETS


@pytest.fixture
def run(database_url):
    """Run a command of coopbot on the test's database."""
    key = base64.b64encode(SECRETS.master).decode()
    env = {"COOPBOT_DATABASE_URL": database_url, "COOPBOT_SECRET_KEY": key}

    async def act(*words: str, **other: str):
        runner = CliRunner()
        given = env | other
        return await asyncio.to_thread(runner.invoke, app, ["audit", *words], env=given)

    return act


async def test_an_intact_trail_ends_with_zero_and_the_head(database, run):
    await write(database, range(3))
    result = await run("verify")
    assert result.exit_code == 0
    assert "completa y sin cambios: 3 anotaciones" in result.stdout
    head = result.stdout.rpartition("cadena: ")[2].strip()
    assert head.startswith("3:")
    await write(database, range(2))
    assert (await run("verify", "--expect", head)).exit_code == 0


async def test_what_is_wrong_is_said_in_spanish_with_its_place(database, run):
    await write(database, range(9))
    await tamper(
        database,
        "UPDATE audit SET action = 'entry' WHERE id = 3",
        "DELETE FROM audit WHERE id IN (5, 6)",
    )
    result = await run("verify")
    assert result.exit_code == 1
    assert "La anotación 3 fue cambiada" in result.stderr
    assert "Faltan las anotaciones 5 a 6" in result.stderr
    assert "NO está como se escribió" in result.stdout


async def test_a_shorter_trail_than_noted_is_told(database, run):
    await write(database, range(3))
    result = await run("verify", "--expect", f"8:{'0' * 64}")
    assert result.exit_code == 1
    assert "la cabeza que usted anotó es la 8" in result.stderr


@pytest.mark.parametrize("noted", ["8", "x:y", "8:abc", ":"])
async def test_a_head_that_is_none_is_refused(database, run, noted):
    result = await run("verify", "--expect", noted)
    assert result.exit_code == 2
    assert "número, dos puntos y sello" in result.stderr


async def test_without_the_key_or_the_tables_nothing_is_verified(database, run, tmp_path):
    result = await run("verify", COOPBOT_SECRET_KEY="")
    assert (result.exit_code, "COOPBOT_SECRET_KEY" in result.stderr) == (2, True)
    result = await run("verify", COOPBOT_DATABASE_URL=f"sqlite:///{tmp_path / 'new.db'}")
    assert (result.exit_code, "coopbot migrate" in result.stderr) == (2, True)


async def exported(run, path, *words):
    result = await run("export", *words, str(path))
    assert result.exit_code == 0, result.output
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file, delimiter=";")), result


async def test_the_export_reads_in_spanish(database, run, tmp_path):
    await write(database, [3, 8])
    rows, result = await exported(run, tmp_path / "auditoria.csv")
    assert "Se escribieron 2 anotaciones" in result.stdout
    assert rows[0]["acción"] == "entrada"
    assert rows[0]["resultado"] == "rechazado"
    assert rows[0]["detalle"] == "desde su Telegram"
    assert rows[0]["fecha y hora (Colombia)"] == "2026-11-02 09:30:03"
    assert [row["asociado (número interno)"] for row in rows] == ["3", "3"]
    assert [len(row["sello"]) for row in rows] == [64, 64]


async def test_the_export_begins_on_a_day_in_colombia(database, run, tmp_path):
    """Half past ten at night in Colombia is the next day in UTC."""
    late = START + timedelta(hours=13)
    async with database.unit() as connection:
        for at in (START, late, late + timedelta(hours=3)):
            aside.put(connection, aside.Entry(at, "entry", "done"))
    for day, count in (("2026-11-02", 3), ("2026-11-03", 1), ("2026-11-04", 0)):
        rows, _ = await exported(run, tmp_path / "a.csv", "--since", day)
        assert len(rows) == count


async def test_no_cell_of_the_export_runs_as_a_formula(database, run, tmp_path):
    """Also not one that somebody put into the table by hand."""
    signs = ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1")
    await write(database, range(len(signs)))
    for number, sign in enumerate(signs, 1):
        change = "UPDATE audit SET object = '{0}', action = '{0}' WHERE id = {1}"
        await tamper(database, change.format(sign, number))
    rows, _ = await exported(run, tmp_path / "a.csv")
    cells = [row[name] for row in rows for name in ("sobre qué", "acción")]
    assert [cell for cell in cells if not cell.startswith("'")] == []


async def test_a_folder_that_is_not_there_is_told(database, run, tmp_path):
    result = await run("export", str(tmp_path / "nowhere" / "a.csv"))
    assert result.exit_code == 2
    assert "Traceback" not in result.output


def test_every_act_has_its_name_in_spanish():
    wanted = [f"audit_command.action.{each}" for each in Action]
    wanted += [f"audit_command.result.{each}" for each in Result]
    assert [key for key in wanted if key not in catalog()] == []


async def test_a_long_trail_is_read_page_by_page(database, monkeypatch, run):
    monkeypatch.setattr("storage.audit.reading.PAGE", 4)
    await write(database, range(10))
    assert (await run("verify")).exit_code == 0
    await tamper(database, "DELETE FROM audit WHERE id IN (4, 9)")
    result = await run("verify")
    assert "Falta la anotación 4" in result.stderr
    assert "Falta la anotación 9" in result.stderr
