"""Two employees help members: unlock, reset, tickets, changes by two people."""

import re

import pytest
from sqlalchemy import func, select

from bot.warden import Warden
from domain.staff.people import Role
from storage.schema import audit, staff_act
from tests.journeys.employee import ELENA, PEDRO, StaffPhone, at_phone, look_round
from tests.journeys.member import DOCUMENT, PIN
from tests.journeys.test_forgot_pin import NEW, to_second
from tests.journeys.test_unlocking import lock_out

HELP_NUMBER = re.compile(r"\d{4} \d{4}")


@pytest.fixture
async def elena(world) -> StaffPhone:
    phone = at_phone(world, ELENA)
    await phone.join("Elena Prueba", Role.SUPPORT)
    return phone


@pytest.fixture
async def pedro(world) -> StaffPhone:
    phone = at_phone(world, PEDRO)
    await phone.join("Pedro Lápiz", Role.ADMIN)
    return phone


async def count(world, table, *where) -> int:
    async with world.database.unit() as connection:
        return await connection.scalar(select(func.count()).select_from(table).where(*where))


def said(phone) -> str:
    return "\n".join(m.get("text", "") for m in phone.phone.messages)


async def test_find_with_a_document_or_a_name(elena, world):
    await elena.say(DOCUMENT)
    assert DOCUMENT not in said(elena)
    assert "Ñáñez Peña, María Eugenia" in elena.screen
    assert "CC •••••123 · activo" in elena.screen
    for words in ("nanez", "MARIA PEÑA"):
        await elena.say("/menu")
        await elena.say(words)
        assert "1. Ñáñez Peña, María Eugenia" in elena.labels
    await elena.say("zz")
    assert "Con eso no alcanzo a buscar" in elena.screen
    await elena.say("Bolaños")
    assert "No encontré a nadie" in elena.screen
    await elena.say("nanez")
    await elena.tap("1. ")
    assert "Todavía no ha entrado" in elena.screen
    await elena.tap("Volver")
    assert "1. Ñáñez Peña, María Eugenia" in elena.labels


async def test_the_document_is_masked_until_asked_for(elena, world):
    await elena.find("nanez")
    assert DOCUMENT not in elena.screen
    await elena.tap("Ver documento completo")
    assert DOCUMENT in elena.screen
    await elena.tap("Desbloquear")
    await elena.tap("Volver")
    assert await count(world, audit, audit.c.action == "document_seen") == 1
    await elena.say("/salir")
    assert DOCUMENT not in said(elena)
    assert "Ñáñez" not in said(elena)


async def test_a_locked_out_member_is_let_in_again(elena, phone, world):
    await phone.first_entry()
    await lock_out(phone)
    assert "Su PIN quedó bloqueado" in phone.screen
    await elena.find(DOCUMENT)
    assert "PIN bloqueado en su Telegram" in elena.screen
    assert "se acabaron los intentos de PIN" in elena.screen
    await elena.tap("Desbloquear")
    assert "¿Por qué lo hace?" in elena.screen
    await elena.tap("Vino a la oficina")
    assert "puede intentar otra vez" in elena.screen
    assert "Elena Prueba desbloqueó el acceso. Motivo: Vino a la oficina" in elena.screen
    await world.post()
    assert "Puede volver a entrar" in world.mails()[-1].subject
    await phone.restart()
    await phone.enter(PIN)
    assert "Hola, María" in phone.screen


async def test_a_reason_may_be_typed(elena, world):
    await elena.find("nanez")
    await elena.tap("Desbloquear")
    await elena.say("Llamó <b>muy</b> preocupada; " + "x" * 300)
    assert "Motivo: Llamó <b>muy</b> preocupada" in elena.screen
    async with world.database.unit() as connection:
        (reason,) = await connection.scalars(select(staff_act.c.reason))
    assert len(reason) == 200


async def test_a_reset_needs_the_mailbox_and_the_employees_number(elena, phone, world):
    await phone.first_entry()
    await phone.leave()
    await elena.help("nanez", "Restablecer", "Lo comprobé por teléfono")
    number = HELP_NUMBER.search(elena.screen)[0]
    await world.post()
    letter = world.mails()[-1]
    assert "escoger un PIN nuevo" in letter.subject
    assert number not in letter.text
    await phone.enter(PIN)
    assert "Debe escoger un PIN nuevo" in phone.screen
    await phone.restart()
    await to_second(phone)
    await phone.say(number)
    await phone.choose_pin(NEW)
    await phone.restart()
    await phone.enter(NEW)
    assert "Hola, María" in phone.screen
    await elena.find("nanez")
    assert number not in elena.screen
    assert "Tiene PIN propio" in elena.screen


async def test_nobody_on_the_staff_ever_sees_a_pin(elena, pedro, phone, world):
    await phone.first_entry()
    await phone.leave()
    for employee in (elena, pedro):
        await employee.help("nanez", "Restablecer", "Vino a la oficina")
        await employee.tap("Volver")
        await employee.tap("Ver documento completo")
        assert PIN not in said(employee)


async def test_deactivating_puts_out_whoever_is_inside(elena, phone, world):
    await phone.inside()
    await phone.tap("Mi estado de cuenta")
    await elena.help("nanez", "Desactivar", "Hay sospecha de fraude")
    assert "lo desactivó un empleado" in elena.screen
    await phone.tap("Aportes")
    assert "$" not in phone.screen
    await Warden(world.replicas[1].office.desk).look_round()
    assert "$" not in said(phone)
    await phone.enter(PIN)
    assert "bloqueado" in phone.screen
    await elena.tap("Reactivar")
    await elena.tap("Vino a la oficina")
    number = HELP_NUMBER.search(elena.screen)[0]
    await phone.restart()
    await to_second(phone)
    await phone.say(number)
    await phone.choose_pin(NEW)
    await phone.restart()
    await phone.enter(NEW)
    assert "Hola, María" in phone.screen


async def test_a_robbed_member_comes_back_with_a_new_pin_only(elena, phone, world):
    await phone.first_entry()
    await phone.leave()
    await phone.say("/start")
    await phone.tap("Me robaron: bloquear ya")
    await look_round(world)
    assert "Le robaron el teléfono" in elena.notes("Solicitud nueva")[-1]["text"]
    await elena.find("nanez")
    assert "avisó que le robaron el teléfono" in elena.screen
    assert "🔓 Desbloquear" not in elena.labels
    await elena.tap("Reactivar")
    await elena.tap("Vino a la oficina")
    assert HELP_NUMBER.search(elena.screen)
    await phone.enter(PIN)
    assert "Debe escoger un PIN nuevo" in phone.screen


async def test_who_answers_a_robbery_is_warned_of_the_stolen_telephone(elena, phone, world):
    await phone.first_entry()
    await phone.leave()
    await phone.say("/start")
    await phone.tap("Me robaron: bloquear ya")
    await look_round(world)
    await elena.tap("✋ Atender")
    assert "puede estar en otras manos" in elena.screen
    await elena.tap("Responder")
    assert "puede estar en otras manos: no escriba datos personales" in elena.screen


async def test_a_number_that_was_used_is_shown_no_more(elena, phone, world):
    await phone.first_entry()
    await phone.leave()
    await elena.help("nanez", "Restablecer", "Vino a la oficina")
    number = HELP_NUMBER.search(elena.screen)[0]
    await to_second(phone)
    await phone.say(number)
    await phone.choose_pin(NEW)
    await elena.say("hola")
    assert "ya no sirve" in elena.screen
    await elena.tap("Volver")
    assert "Tiene PIN propio" in elena.screen


async def test_the_number_of_a_reset_is_not_shown_while_barred(elena, phone, world):
    await phone.first_entry()
    await elena.help("nanez", "Restablecer", "Vino a la oficina")
    assert HELP_NUMBER.search(elena.screen)
    await elena.tap("Volver")
    assert HELP_NUMBER.search(elena.screen)
    await elena.tap("Desactivar")
    await elena.tap("Hay sospecha de fraude")
    assert "Bloqueado" in elena.screen
    assert HELP_NUMBER.search(elena.screen) is None


async def test_the_member_reads_in_their_log_what_employees_did(elena, phone, world):
    await phone.first_entry()
    await phone.leave()
    await elena.help("nanez", "Desbloquear", "Vino a la oficina")
    await elena.tap("Ver documento completo")
    await elena.help("nanez", "Restablecer", "Vino a la oficina")
    number = HELP_NUMBER.search(elena.screen)[0]
    await to_second(phone)
    await phone.say(number)
    await phone.choose_pin(NEW)
    await phone.restart()
    await phone.enter(NEW)
    await phone.say("/seguridad")
    await phone.tap("Mis entradas")
    for told in ("miró su documento", "anuló su PIN", "desbloqueó su acceso", "miró cómo entra"):
        assert told in phone.screen
    await phone.tap("Volver")
    assert "¿Qué quiere hacer?" in phone.screen
