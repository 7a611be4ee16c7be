"""The operator's word: a new PIN without a second proof, and no authenticator any more."""

import re
from datetime import timedelta

from sqlalchemy import select

from bot.commands_access import unlock
from domain.members import DocumentType
from storage.schema import audit
from tests.journeys.member import DOCUMENT, PIN
from tests.journeys.test_authenticator import enrol, to_code
from tests.journeys.test_forgot_pin import to_code as to_reset_code
from tests.journeys.test_unlocking import settings

__all__ = ["settings"]

DAY = timedelta(hours=24)
HELP_NUMBER = re.compile(r"\d{4} \d{4}")


async def vouch(world, settings, monkeypatch, **options):
    """The command, at the world's time."""
    monkeypatch.setattr("bot.commands_access.SystemClock", lambda: world.clock)
    return await unlock(settings, DocumentType.CC, DOCUMENT, **options)


async def test_a_new_pin_at_the_cooperatives_word(phone, world, settings, monkeypatch, capsys):
    await phone.first_entry()
    await phone.leave()
    assert await vouch(world, settings, monkeypatch, grant=DAY) == 0
    printed = capsys.readouterr().out
    assert "Puede escoger un PIN nuevo" in printed
    await world.post()
    assert HELP_NUMBER.search(printed)[0] not in world.mails()[-1].text
    assert "Ya puede escoger un PIN nuevo" in world.mails()[-1].subject
    await phone.enter(PIN)
    assert "Debe escoger un PIN nuevo" in phone.screen
    await to_reset_code(phone)
    await phone.say(phone.code())
    assert "El número de ayuda" in phone.screen
    await phone.say(HELP_NUMBER.search(printed)[0])
    assert "Escoja su PIN nuevo" in phone.screen
    await phone.choose_pin("8305")
    assert "Ya puede entrar con él" in phone.screen
    await phone.restart()
    await phone.enter("8305")
    assert "Hola, María" in phone.screen


async def test_the_mailbox_alone_does_not_do(phone, world, settings, monkeypatch, capsys):
    """Whoever reads the mailbox knows of the reset, and has the code: not the number."""
    await phone.first_entry()
    await phone.leave()
    await vouch(world, settings, monkeypatch, grant=DAY)
    number = HELP_NUMBER.search(capsys.readouterr().out)[0]
    thief = world.member(66)
    await to_reset_code(thief)
    await thief.say(thief.code())
    for typed, told in (
        ("1234", "tiene 8 números"),
        ("12345678", "Le quedan 2"),
        ("87654321", "1"),
    ):
        await thief.say(typed)
        assert told in thief.screen
    await thief.say(number.translate(str.maketrans("0123456789", "1234567890")))
    assert "No pudimos comprobar que es usted" in thief.screen
    await to_reset_code(phone)
    await phone.say(phone.code())
    await phone.say(number)
    assert "Escoja su PIN nuevo" in phone.screen


async def test_a_number_serves_its_own_reset(phone, world, settings, monkeypatch, capsys):
    await phone.first_entry()
    await phone.leave()
    await vouch(world, settings, monkeypatch, grant=DAY)
    first = HELP_NUMBER.search(capsys.readouterr().out)[0]
    world.clock.forward(minutes=5)
    await vouch(world, settings, monkeypatch, grant=DAY)
    second = HELP_NUMBER.search(capsys.readouterr().out)[0]
    await to_reset_code(phone)
    await phone.say(phone.code())
    await phone.say(first)
    assert "Ese no es el número de ayuda" in phone.screen
    await phone.say(second.replace(" ", ""))
    assert "Escoja su PIN nuevo" in phone.screen


async def test_the_word_is_good_for_a_day(phone, world, settings, monkeypatch):
    await phone.first_entry()
    await phone.leave()
    await vouch(world, settings, monkeypatch, grant=DAY)
    world.clock.forward(hours=25)
    await to_reset_code(phone)
    await phone.say(phone.code())
    assert "Falta comprobar que es usted" in phone.screen


async def test_it_ends_the_session(phone, world, settings, monkeypatch):
    await phone.inside()
    await vouch(world, settings, monkeypatch, grant=DAY)
    await phone.tap("Mi estado de cuenta")
    assert "$" not in phone.screen


async def test_a_lost_authenticator_is_removed(phone, world, settings, monkeypatch, capsys):
    await enrol(phone)
    assert await vouch(world, settings, monkeypatch, remove_app=True) == 0
    assert "aplicación de códigos se quitó" in capsys.readouterr().out
    await world.post()
    assert any("Se quitó la aplicación" in m.subject for m in world.mails())
    await to_code(phone)
    await phone.say(phone.code())
    assert "Hola, María" in phone.screen
    async with world.database.unit() as connection:
        acts = list(await connection.scalars(select(audit.c.action)))
    assert {"unlock", "app"} <= set(acts)
