"""Certificates that are corrected, voided and checked; each goes to its own member."""

from sqlalchemy import func, select

from domain.cooperative import Policies
from storage.certificates.desk import voiding
from storage.schema import certificate
from storage.secrets import Secrets
from tests.certificates.rows import correct_withholding
from tests.documents.reading import text
from tests.journeys.test_certificates import at_offer, closed_year, code_in, receive
from tests.statement_rows import DOCUMENT

__all__ = ["closed_year"]


SECRETS = Secrets(bytes(range(32)))


async def test_two_members_never_get_each_others(phone, world):
    await phone.first_entry()
    other = world.member(8)
    await other.up_to_code("19600305", "50000002")
    await other.say(other.code("m2@correo.example"))
    await other.choose_pin()
    for each in (phone, other):
        await at_offer(each)
        await each.tap("Recibirlo aquí")
    await world.deliver()
    assert "$ 7.000" in text(phone.phone.documents[-1].content)
    assert "$ 14.000" in text(other.phone.documents[-1].content)
    assert DOCUMENT not in text(other.phone.documents[-1].content).replace(".", "")


async def test_a_correction_is_told_on_the_new_and_of_the_old(phone, world):
    await phone.first_entry()
    old = code_in((await receive(phone, world)).content)
    async with world.database.unit() as connection:
        await correct_withholding(connection, 1, 6_300_00)
    new = await receive(phone, world)
    assert "Reemplaza al folio 2026-000001" in text(new.content)
    await phone.say(f"/verificar {old}")
    assert "Certificado reemplazado" in phone.screen
    assert "2026-000002" in phone.screen
    await phone.tap("Comprobar otro")
    await phone.say(code_in(new.content).lower())
    assert "Certificado válido" in phone.screen


async def test_what_was_voided_is_told(phone, world):
    await phone.first_entry()
    code = code_in((await receive(phone, world)).content)
    async with world.database.unit() as connection:
        await voiding(connection, SECRETS).void(code, "prueba", "elena", world.clock.now())
    await phone.say(f"/verificar {code}")
    assert "Certificado anulado" in phone.screen
    await phone.tap("Menú")
    assert "Hola, María" in phone.screen


async def test_a_letter_about_a_voided_certificate_is_not_sent(phone, world):
    await phone.first_entry()
    code = code_in((await receive(phone, world)).content)
    await phone.tap("Enviarlo a")
    async with world.database.unit() as connection:
        await voiding(connection, SECRETS).void(code, "prueba", "elena", world.clock.now())
    before = len(world.mails())
    await world.post()
    assert len(world.mails()) == before


async def test_anyone_may_check_and_goes_on_from_there(world):
    stranger = world.member(99)
    await stranger.say("/verificar")
    assert "Comprobar un certificado" in stranger.screen
    await stranger.say("6G00-3VC5-PA5K-BKMN")
    assert "Ese código no es de un certificado nuestro" in stranger.screen
    await stranger.tap("Comprobar otro")
    await stranger.say("no tengo ninguno")
    assert "Para entrar necesita" in stranger.screen
    await stranger.say("/verificar 123")
    await stranger.tap("Menú")
    assert "Para entrar necesita" in stranger.screen


async def test_checks_in_the_chat_are_limited_and_others_go_on(phone, world):
    limit = Policies().checks_per_hour
    stranger = world.member(99)
    for _ in range(limit):
        await stranger.say("/verificar 6G00-3VC5-PA5K-BKMN")
    assert "Ese código no es" in stranger.screen
    await stranger.say("/verificar 6G00-3VC5-PA5K-BKMN")
    assert "Demasiados intentos" in stranger.screen
    await stranger.tap("Menú")
    assert "Para entrar necesita" in stranger.screen
    await phone.first_entry()
    code = code_in((await receive(phone, world)).content)
    await phone.say(f"/verificar {code}")
    assert "Certificado válido" in phone.screen


async def test_outside_a_session_nothing_is_handed_over(phone, world):
    await phone.first_entry()
    await at_offer(phone)
    offer = phone.phone.message
    await phone.say("/salir")
    await phone.phone.old_tap(offer, "📥 Recibirlo aquí")
    await world.deliver()
    assert phone.phone.documents == []
    async with world.database.unit() as connection:
        assert not await connection.scalar(select(func.count()).select_from(certificate))
