"""`coopbot notifications`: what would be told, what could not be, and trying it again."""

import asyncio
import base64
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import insert, select
from typer.testing import CliRunner

from bot.cli import app
from storage.database import Database
from storage.migrate import migrate
from storage.schema import audit, credential, notification
from tests.statement_rows import add_member, add_product

TODAY = datetime.now(UTC).date()
KEY = base64.b64encode(bytes(range(32))).decode()


@pytest.fixture
def url(tmp_path, monkeypatch) -> str:
    """A database with a member who has an instalment due in four days; commands find it."""
    address = f"sqlite:///{tmp_path / 'coopbot.db'}"
    monkeypatch.setenv("COOPBOT_DATABASE_URL", address)
    monkeypatch.setenv("COOPBOT_SECRET_KEY", KEY)
    asyncio.run(fill(address))
    return address


async def fill(address: str) -> None:
    database = Database(address)
    await migrate(database)
    async with database.unit() as connection:
        now = datetime.now(UTC)
        await add_member(connection, 1, as_of=TODAY, first_loaded_at=now)
        await connection.execute(insert(credential).values(member_id=1, telegram_id=101))
        due = TODAY + timedelta(days=4)
        await add_product(connection, 1, 10, "credit", next_due_on=due, instalment=100)
    await database.close()


async def ask(address: str, query):
    database = Database(address)
    async with database.unit() as connection:
        rows = (await connection.execute(query)).all()
    await database.close()
    return rows


def ledger(address: str):
    return asyncio.run(ask(address, select(notification)))


def run(*words: str):
    return CliRunner().invoke(app, ["notifications", *words])


def test_a_dry_run_shows_what_would_go_to_whom_masked_and_queues_nothing(url):
    shown = run("plan", "--dry-run")
    assert shown.exit_code == 0, shown.output
    assert "•••001" in shown.output
    assert "A00001" not in shown.output
    assert "cuota por vencer" in shown.output
    assert "Telegram" in shown.output
    assert "no se puso ninguno" in shown.output
    assert ledger(url) == []


def test_planning_queues_once(url):
    assert "en la cola: 1" in run("plan").output
    assert "en la cola: 0" in run("plan").output
    (row,) = ledger(url)
    assert row.external_id.startswith("instalment-due:A00001:")


async def kill(address: str, **values) -> None:
    database = Database(address)
    async with database.unit() as connection:
        values = {"state": "dead", "settled_at": datetime.now(UTC)} | values
        await connection.execute(notification.update().values(values))
    await database.close()


def test_dead_letters_are_listed_with_their_meaning_and_tried_again(url):
    run("plan")
    assert "No hay avisos sin entregar" in run("dead").output
    asyncio.run(kill(url, reason="blocked", tries=3))
    listed = run("dead")
    assert "instalment_due" in listed.output
    assert "bloqueó el bot" in listed.output
    (row,) = ledger(url)
    assert run("requeue", str(row.id)).exit_code == 0
    (row,) = ledger(url)
    assert (row.state, row.tries, row.reason) == ("queued", 0, None)
    noted = asyncio.run(ask(url, select(audit.c.action)))
    assert ("requeue",) in [tuple(each) for each in noted]
    assert run("requeue", str(row.id)).exit_code == 1


@pytest.mark.parametrize(
    "values",
    [
        {"category": "code"},
        {"expires_at": datetime(2020, 1, 1, tzinfo=UTC)},
        {"state": "sent"},
    ],
)
def test_some_are_not_tried_again(url, values):
    run("plan")
    asyncio.run(kill(url, **{"reason": "refused", **values}))
    assert run("requeue", "--reason", "refused").exit_code == 1


def test_by_reason_only_what_died_lately(url):
    run("plan")
    asyncio.run(kill(url, reason="gave_up"))
    assert run("requeue", "--reason", "blocked").exit_code == 1
    assert "cola: 1" in run("requeue", "--reason", "gave_up").output
    long_ago = datetime.now(UTC) - timedelta(days=31)
    asyncio.run(kill(url, reason="gave_up", settled_at=long_ago))
    assert run("requeue", "--reason", "gave_up").exit_code == 1


def test_requeue_needs_to_know_what(url):
    assert run("requeue").exit_code == 2
    assert run("requeue", "1", "--reason", "blocked").exit_code == 2


def test_without_a_key_nothing_works(url, monkeypatch):
    monkeypatch.delenv("COOPBOT_SECRET_KEY")
    refused = run("dead")
    assert refused.exit_code == 2
