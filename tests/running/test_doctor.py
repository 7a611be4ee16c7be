"""`coopbot doctor`: what an operator is told before the members notice."""

import asyncio
import sqlite3
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from sqlalchemy import insert
from typer.testing import CliRunner

from bot.cli import app
from bot.doctor import doctor
from storage.database import Database
from storage.migrate import migrate, newest_version
from storage.schema import authenticator, staff
from tests import postgres
from tests.access.mailbox import Mailbox
from tests.kills.process import free_port
from tests.running.test_settings import GOOD

DEMO = Path(__file__).parents[2] / "storage" / "demo" / "cooperativa.toml"
TODAY = date(2026, 11, 25)
NOW = datetime(2026, 11, 25, 14, tzinfo=UTC)


@pytest.fixture
def office(tmp_path, monkeypatch):
    """The folder of an office in good order: cooperative file, database, two employees."""
    (tmp_path / "cooperativa.toml").write_bytes(DEMO.read_bytes())
    url = f"sqlite:///{tmp_path / 'coopbot.db'}"
    asyncio.run(made(url))
    changes = {
        "COOPBOT_COOPERATIVE_FILE": str(tmp_path / "cooperativa.toml"),
        "COOPBOT_DATABASE_URL": url,
    }
    for name, value in (GOOD | changes).items():
        monkeypatch.setenv(name, value)
    return tmp_path


async def made(url):
    database = Database(url)
    await migrate(database)
    rows = [
        {"id": n, "name": f"Empleado {n}", "role": "support", "telegram_id": n, "created_at": NOW}
        for n in (1, 2)
    ]
    apps = [
        {"staff_id": n, "seed": "sealed", "created_at": NOW, "confirmed_at": NOW} for n in (1, 2)
    ]
    async with database.unit() as connection:
        await connection.execute(insert(staff), rows)
        await connection.execute(insert(authenticator), apps)
    await database.close()


def edit(office, old, new):
    file = office / "cooperativa.toml"
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), "utf-8")


def report(capsys, *, mail=False, today=TODAY):
    """The exit status, and the lines."""
    status = doctor(today, mail=mail)
    return status, capsys.readouterr().out.splitlines()


def test_all_is_well(office, capsys):
    status, lines = report(capsys)
    assert status == 0
    assert [line.split()[0] for line in lines] == ["BIEN"] * 5
    assert "9 líneas de crédito y 2 de CDAT" in lines[2]
    assert newest_version() in lines[3]
    assert "2 personas atienden" in lines[4]
    assert report(capsys) == (status, lines)


def test_too_few_employees_are_said(office, capsys):
    for left, told in ((1, "solo una persona"), (0, "nadie atiende")):
        with sqlite3.connect(office / "coopbot.db") as connection:
            gone = "UPDATE staff SET role = 'auditor' WHERE id > ?"
            connection.execute(gone, (left,))
        status, lines = report(capsys)
        assert status == 1
        (said,) = [line for line in lines if line.startswith("AVISO")]
        assert told in said


def test_a_month_without_its_cap_is_said(office, capsys):
    edit(office, "2026-11 = 24.40\n", "")
    status, lines = report(capsys)
    assert status == 1
    (said,) = [line for line in lines if line.startswith("AVISO")]
    assert "noviembre de 2026" in said


def test_a_year_without_figures_is_said(office, capsys):
    status, lines = report(capsys, today=date(2027, 2, 1))
    assert status == 1
    said = [line for line in lines if line.startswith("AVISO")]
    assert len(said) == 2
    assert "salario mínimo de 2027" in said[0]
    assert "febrero de 2027" in said[1]


def test_a_line_without_a_rate_and_a_product_without_withholding_are_said(office, capsys):
    edit(
        office, "until = 2026-06-30, percent = 1.35 },\n", "until = 2026-06-30, percent = 1.35 }\n"
    )
    edit(office, "  { since = 2026-07-01, percent = 1.30 },\n", "")
    edit(office, "since = 2025-06-01\n", "since = 2025-06-01\nuntil = 2026-06-01\n")
    status, lines = report(capsys)
    assert status == 1
    said = [line for line in lines if line.startswith("AVISO")]
    assert "withholding" in said[0]
    assert "«Turismo»" in said[1]


def test_every_problem_of_the_file_is_said(office, capsys):
    edit(office, "percent = 1.45", "percent = 1.85")
    edit(office, "percent = 1.25", "percent = 1.95")
    status, lines = report(capsys)
    assert status == 2
    said = [line for line in lines if line.startswith("FALLA")]
    assert len(said) == 2
    assert all("tasa de usura" in line for line in said)
    edit(office, "percent = 1.85", "percent = 1.45")
    edit(office, "percent = 1.95", "percent = 1.25")
    assert report(capsys)[0] == 0


def test_missing_settings_are_said_and_the_rest_is_still_looked_at(office, capsys, monkeypatch):
    monkeypatch.delenv("COOPBOT_TELEGRAM_TOKEN")
    monkeypatch.delenv("COOPBOT_MAIL_FROM")
    status, lines = report(capsys)
    assert status == 2
    said = [line for line in lines if line.startswith("FALLA")]
    assert ["TELEGRAM_TOKEN: falta" in said[0], "MAIL_FROM: falta" in said[1]] == [True, True]
    assert len(lines) == 6


def test_no_secret_is_printed(office, capsys, monkeypatch):
    monkeypatch.setenv("COOPBOT_SECRET_KEY", "c2VjcmV0")
    monkeypatch.setenv("COOPBOT_SMTP_URL", "http://user:hunter2@x")
    status, lines = report(capsys)
    assert status == 2
    assert not any("c2VjcmV0" in line or "hunter2" in line for line in lines)


class TestDatabase:
    def test_asking_does_not_make_it(self, office, capsys):
        (office / "coopbot.db").unlink()
        status, lines = report(capsys)
        assert (status, "todavía no existe" in lines[-1]) == (0, True)
        assert not (office / "coopbot.db").exists()

    def test_an_older_version_is_brought_up_to_date_at_the_start(self, office, capsys):
        with sqlite3.connect(office / "coopbot.db") as connection:
            connection.execute("UPDATE alembic_version SET version_num = '0001_core'")
        status, lines = report(capsys)
        assert (status, "0001_core" in lines[-1]) == (0, True)

    def test_a_version_of_a_newer_program_is_a_fault(self, office, capsys):
        with sqlite3.connect(office / "coopbot.db") as connection:
            connection.execute("UPDATE alembic_version SET version_num = '9999_later'")
        status, lines = report(capsys)
        assert (status, lines[-1].startswith("FALLA")) == (2, True)

    def test_rows_without_their_parent_are_damage(self, office, capsys):
        with sqlite3.connect(office / "coopbot.db") as connection:
            connection.execute(
                "INSERT INTO movement (product_id, reference, booked_on, description, amount)"
                " VALUES (77, 'x', '2026-01-01', 'x', 1)"
            )
        status, lines = report(capsys)
        assert status == 2
        assert any("movement" in line and line.startswith("FALLA") for line in lines)

    def test_torn_pages_are_damage(self, office, capsys):
        file = office / "coopbot.db"
        content = bytearray(file.read_bytes())
        content[8192:12288] = bytes(range(256)) * 16
        file.write_bytes(content)
        assert report(capsys)[0] == 2

    def test_no_database_at_all(self, office, capsys, monkeypatch):
        (office / "coopbot.db").write_bytes(b"not a database at all, but long enough" * 50)
        status, lines = report(capsys)
        assert (status, lines[-1].startswith("FALLA")) == (2, True)
        monkeypatch.setenv("COOPBOT_DATABASE_URL", "mysql://x/y")
        status, lines = report(capsys)
        assert (status, lines[-1].startswith("FALLA")) == (2, True)

    def test_postgresql(self, office, capsys, monkeypatch, request):
        if not postgres.available():
            pytest.skip("PostgreSQL is not installed")
        with postgres.database(request.getfixturevalue("postgres_server")) as url:
            monkeypatch.setenv("COOPBOT_DATABASE_URL", url)
            status, lines = report(capsys)
            assert (status, "coopbot migrate" in lines[-1], "vacía" in lines[-1]) == (2, True, True)
            asyncio.run(made(url))
            status, lines = report(capsys)
            assert (status, newest_version() in lines[-2]) == (0, True)

    def test_postgresql_that_does_not_answer(self, office, capsys, monkeypatch):
        monkeypatch.setenv("COOPBOT_DATABASE_URL", "postgresql://u:hunter2@127.0.0.1:1/x")
        status, lines = report(capsys)
        assert (status, lines[-1].startswith("FALLA")) == (2, True)
        assert "hunter2" not in "".join(lines)


class TestMail:
    def test_it_is_only_greeted_when_asked(self, office, capsys, monkeypatch):
        monkeypatch.setenv("COOPBOT_SMTP_URL", "smtp://127.0.0.1:1")
        assert report(capsys)[0] == 0
        status, lines = report(capsys, mail=True)
        assert (status, lines[-1].startswith("FALLA Correo")) == (2, True)

    def test_a_server_that_answers(self, office, capsys, monkeypatch):
        mailbox = Mailbox()
        port = free_port()
        server = Controller(mailbox, hostname="127.0.0.1", port=port)
        server.start()
        try:
            monkeypatch.setenv("COOPBOT_SMTP_URL", f"smtp://127.0.0.1:{port}")
            status, lines = report(capsys, mail=True)
        finally:
            server.stop()
        assert (status, lines[-1]) == (0, "BIEN  Correo: 127.0.0.1 responde.")
        assert mailbox.letters == []


def test_the_command(office):
    broken = CliRunner().invoke(app, ["doctor"], env={"COOPBOT_MAIL_FROM": ""})
    assert broken.exit_code == 2
    assert "COOPBOT_MAIL_FROM" in broken.stdout
    assert "Traceback" not in broken.output
