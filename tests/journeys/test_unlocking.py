"""A member who locked themselves out, and the operator who lets them in again."""

import base64

import pytest
from pydantic import SecretStr
from sqlalchemy import select

from bot.commands_access import unlock
from bot.settings import KeySettings
from domain.members import DocumentType
from storage.schema import audit
from tests.journeys.member import DOCUMENT, FIRST_KEY, PIN
from tests.keys import SECRETS


async def lock_out(phone):
    await phone.say("/salir")
    await phone.authorise()
    await phone.give_document()
    for wrong in ("1397", "1398", "1399", "2397", "2398"):
        await phone.press(wrong)


@pytest.fixture
def settings(database_url) -> KeySettings:
    key = base64.b64encode(SECRETS.master).decode()
    return KeySettings(database_url=database_url, secret_key=SecretStr(key))


async def test_five_wrong_pins_lock_and_unlocking_opens(phone, world, settings, capsys):
    await phone.first_entry()
    await lock_out(phone)
    assert "Su PIN quedó bloqueado" in phone.screen
    assert await unlock(settings, DocumentType.CC, DOCUMENT) == 0
    assert "puede volver a intentar" in capsys.readouterr().out
    await phone.tap("Empezar de nuevo")
    await phone.enter(PIN)
    assert "Hola, María" in phone.screen
    async with world.database.unit() as connection:
        unlocked = select(audit.c.member_id).where(audit.c.action == "unlock")
        assert list(await connection.scalars(unlocked)) == [1]


async def test_an_expired_first_key_is_renewed(phone, world, settings):
    world.clock.instant = world.clock.instant.replace(year=2036)
    await phone.up_to_code(FIRST_KEY)
    assert "primera clave" in world.mails()[-1].subject
    assert await unlock(settings, DocumentType.CC, DOCUMENT) == 0
    world.clock.forward(hours=25)
    world.clock.instant = world.clock.instant.replace(year=2026, month=11, day=20)
    await phone.first_entry()
    assert "Hola, María" in phone.screen


@pytest.mark.parametrize(("number", "status"), [("999999999", 1), ("12", 2)])
async def test_nobody_else_is_unlocked(world, settings, number, status):
    assert await unlock(settings, DocumentType.CC, number) == status
