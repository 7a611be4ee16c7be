"""`coopbot staff`, as an operator types it."""

import asyncio
import base64
import re

import pytest
from sqlalchemy import select
from typer.testing import CliRunner

from bot.cli import app
from bot.sandbox.sandbox import Sandbox
from domain.clock import SystemClock
from domain.conversation import Visit
from domain.staff.people import Role
from storage.schema import audit, staff
from tests.keys import SECRETS
from tests.staff.world import Bureau
from tests.statement_rows import DOCUMENT

LINK = re.compile(r"https://t\.me/(\w+)\?start=([\w-]{32,64})\n")


@pytest.fixture
def run(database_url):
    """Run a command of coopbot on the test's database."""
    key = base64.b64encode(SECRETS.master).decode()
    env = {"COOPBOT_DATABASE_URL": database_url, "COOPBOT_SECRET_KEY": key}

    async def act(*words: str, **other: str):
        given = env | other
        return await asyncio.to_thread(CliRunner().invoke, app, ["staff", *words], env=given)

    return act


def invite(*more: str, name: str = "Elena Prueba", role: str = "support") -> tuple[str, ...]:
    return ("invite", name, "--role", role, "--bot", "@eltablero_bot", *more)


async def test_a_link_is_printed_once_and_opens_the_enrolment(bureau: Bureau, run):
    result = await run(*invite())
    assert result.exit_code == 0
    bot, token = LINK.search(result.stdout).groups()
    assert bot == "eltablero_bot"
    assert "durante 10 minutos" in result.stdout
    assert token not in (await run("list")).stdout
    visit = Visit(5, 5, SystemClock().now())
    found = await bureau.do(lambda w: w.joining.arrive(visit, token))
    assert (found.name, found.role) == ("Elena Prueba", Role.SUPPORT)


async def test_the_bots_name_is_asked_of_telegram(bureau: Bureau, run):
    async with Sandbox() as sandbox:
        telegram = {
            "COOPBOT_TELEGRAM_TOKEN": sandbox.token,
            "COOPBOT_TELEGRAM_API_URL": sandbox.api_url,
        }
        result = await run("invite", "Elena Prueba", "--role", "admin", **telegram)
        assert LINK.search(result.stdout)[1] == sandbox.telegram.bot["username"]


async def test_without_a_name_or_a_token_no_link_is_made(bureau: Bureau, run):
    result = await run("invite", "Elena Prueba", "--role", "admin")
    assert result.exit_code == 2
    assert "--bot" in result.stderr
    assert await bureau.rows(staff) == []


@pytest.mark.parametrize("name", ["", "  ", "ab", "x" * 61, "dos\nlineas\u202e"])
async def test_what_is_no_name(bureau: Bureau, run, name):
    result = await run(*invite(name=name))
    assert result.exit_code == 2
    assert await bureau.rows(staff) == []


async def test_an_unknown_role_is_refused(run):
    result = await run(*invite(role="boss"))
    assert result.exit_code == 2
    assert "Traceback" not in result.output


async def test_the_employees_own_membership(bureau: Bureau, run):
    await bureau.member(1)
    assert (await run(*invite("--document", f"cc {DOCUMENT}"))).exit_code == 0
    await bureau.employee("Pedro", member_id=1)
    taken = await run(*invite("--document", f"CC {DOCUMENT}", name="Luz Tiza"))
    assert taken.exit_code == 1
    assert "ya es otro de los empleados" in taken.stderr
    assert {row.name for row in await bureau.rows(staff)} == {"Elena Prueba", "Pedro"}


@pytest.mark.parametrize(
    ("document", "status", "told"),
    [
        ("CC 99999999", 1, "No hay ningún asociado"),
        ("99999999", 2, "se escribe así"),
        ("CC 12", 2, "se escribe así"),
        ("XX 99999999", 2, "se escribe así"),
    ],
)
async def test_documents_that_are_nobodys(bureau: Bureau, run, document, status, told):
    result = await run(*invite("--document", document))
    assert (result.exit_code, told in result.stderr) == (status, True)
    assert await bureau.rows(staff) == []


async def test_inviting_again_says_what_it_replaces(bureau: Bureau, run):
    await run(*invite())
    again = await run(*invite(role="admin"))
    assert "Ya conocíamos a Elena Prueba" in again.stdout
    assert len(await bureau.rows(staff)) == 1


async def test_the_list_and_who_left(bureau: Bureau, run):
    assert "Todavía no se ha invitado a nadie" in (await run("list")).stdout
    await run(*invite())
    await bureau.employee("Pedro")
    await bureau.employee("Luz")
    assert (await run("revoke", "Luz")).exit_code == 0
    shown = (await run("list")).stdout
    for name, state in (("Elena", "invitado"), ("Pedro", "inscrito"), ("Luz", "retirado")):
        (line,) = [line for line in shown.splitlines() if name in line]
        assert state in line
    gone = await run("revoke", "Luz")
    assert (gone.exit_code, "ningún empleado activo" in gone.stderr) == (1, True)


async def test_every_coming_and_going_is_audited(bureau: Bureau, run):
    await run(*invite())
    await run("revoke", "Elena Prueba")
    rows = await bureau.rows(audit)
    assert [(row.action, row.object) for row in rows] == [
        ("staff_invited", "staff:1"),
        ("staff_revoked", "staff:1"),
    ]


async def test_without_the_key_nothing_is_done(bureau: Bureau, run):
    result = await run(*invite(), COOPBOT_SECRET_KEY="")
    assert result.exit_code == 2
    assert "COOPBOT_SECRET_KEY" in result.stderr
    async with bureau.database.unit() as connection:
        assert (await connection.execute(select(staff))).all() == []
