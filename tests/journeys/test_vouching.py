"""The operator's word: a new PIN without a second proof, and no authenticator any more."""

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


async def vouch(world, settings, monkeypatch, **options):
    """The command, at the world's time."""
    monkeypatch.setattr("bot.commands_access.SystemClock", lambda: world.clock)
    return await unlock(settings, DocumentType.CC, DOCUMENT, **options)


async def test_a_new_pin_at_the_cooperatives_word(phone, world, settings, monkeypatch, capsys):
    await phone.first_entry()
    await phone.leave()
    assert await vouch(world, settings, monkeypatch, grant=DAY) == 0
    assert "Puede escoger un PIN nuevo" in capsys.readouterr().out
    await world.post()
    assert "Ya puede escoger un PIN nuevo" in world.mails()[-1].subject
    await phone.enter(PIN)
    assert "Debe escoger un PIN nuevo" in phone.screen
    await to_reset_code(phone)
    await phone.say(phone.code())
    assert "Escoja su PIN nuevo" in phone.screen
    await phone.choose_pin("8305")
    assert "Ya puede entrar con él" in phone.screen
    await phone.tap("Empezar de nuevo")
    await phone.enter("8305")
    assert "Hola, María" in phone.screen


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
