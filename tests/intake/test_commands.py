"""What the operator sees: exit codes, the summary, a report that is safe to open."""

import csv
from io import StringIO

import pytest
from rich.console import Console

from bot.commands_intake import import_files
from bot.intake_report import ReportFile
from handlers.kit.texts import catalog
from storage.intake.findings import Finding, Level, Reason
from tests.intake.world import CUT_OFF, Still, small, write


async def run(database_url, folder, tmp_path, **options):
    screen = Console(file=StringIO(), width=200)
    report = tmp_path / "informe.csv"
    code = await import_files(
        database_url,
        folder,
        full=False,
        report=report,
        cut_off=CUT_OFF,
        console=screen,
        clock=Still(),
        **options,
    )
    return code, screen.file.getvalue(), report.read_text("utf-8-sig")


async def test_all_loaded_is_zero(database, database_url, tmp_path):
    code, screen, report = await run(database_url, write(tmp_path / "f", small()), tmp_path)
    assert code == 0
    assert "31 de octubre de 2026" in screen
    assert catalog()["intake.console.done"] in screen
    assert report.splitlines() == ["nivel;archivo;linea;columna;motivo"]


async def test_rejections_are_one_and_listed(database, database_url, tmp_path):
    files = small()
    files["asociados.csv"][1]["correo"] = "secreto"
    code, screen, report = await run(database_url, write(tmp_path / "f", files), tmp_path)
    assert code == 1
    rows = list(csv.reader(StringIO(report), delimiter=";"))
    assert rows[1][:4] == ["rechazada", "asociados.csv", "3", "correo"]
    assert rows[1][4] == catalog()["intake.reason.email"]
    assert "secreto" not in screen + report
    assert "500000" not in screen + report


async def test_nothing_loaded_is_two(database, database_url, tmp_path):
    (tmp_path / "f").mkdir()
    code, screen, report = await run(database_url, tmp_path / "f", tmp_path)
    assert code == 2
    assert catalog()["intake.console.nothing"] in screen
    assert catalog()["intake.reason.file_missing"] in report


@pytest.mark.parametrize("start", ["=", "+", "-", "@"])
def test_a_cell_never_becomes_a_formula(tmp_path, start):
    path = tmp_path / "r.csv"
    with ReportFile(path) as report:
        finding = Finding(Level.WARNING, f"{start}x", None, f"{start}y", Reason.EMPTY)
        report.add(finding)
    row = list(csv.reader(path.open(encoding="utf-8-sig"), delimiter=";"))[1]
    assert row[1:4] == [f"'{start}x", "", f"'{start}y"]


def test_every_reason_has_its_text():
    texts = {key.rpartition(".")[2] for key in catalog() if key.startswith("intake.reason.")}
    assert texts == {str(reason) for reason in Reason}
