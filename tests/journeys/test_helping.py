"""Two employees help members: unlock, reset, tickets, changes by two people."""

import re

import pytest
from sqlalchemy import func, select, update

from bot.warden import Warden
from domain.staff.people import Role
from storage.schema import audit, conversation, credential, member, staff_act
from tests.journeys.employee import ELENA, PEDRO, StaffPhone, as_member, at_phone, look_round
from tests.journeys.member import DOCUMENT, PIN
from tests.journeys.test_asking_for_help import ask
from tests.journeys.test_forgot_pin import NEW, to_second
from tests.journeys.test_unlocking import lock_out

HELP_NUMBER = re.compile(r"\d{4} \d{4}")
NEW_MAIL = "maria.nueva@correo.example"


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


async def column(world, name: str):
    async with world.database.unit() as connection:
        return await connection.scalar(select(member.c[name]).where(member.c.id == 1))


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


async def test_a_ticket_from_the_question_to_the_answer(elena, pedro, phone, world):
    await ask(phone)
    await phone.tap("Mi PIN está bloqueado")
    await look_round(world)
    for employee in (elena, pedro):
        (note,) = employee.notes("Solicitud nueva")
        assert "CC •••••123" in note["text"]
        assert "Peña" not in note["text"]
        assert "PIN está bloqueado" not in note["text"]
    await elena.tap("✋ Atender")
    await world.deliver()
    assert "Es suya" in elena.screen
    assert "T-2026-000001" in elena.screen
    assert "Dice llamarse: Ana María Peña" in elena.screen
    (note,) = pedro.notes("Atendida por Elena Prueba")
    assert "✋ Atender" not in str(note.get("reply_markup"))
    await elena.tap("Cerrar")
    assert "Antes de cerrarla, respóndale" in elena.screen
    await elena.say("Ya puede intentar otra vez, doña Ana.")
    assert "La respuesta va en camino" in elena.screen
    assert elena.phone.messages[-1]["text"] == elena.screen
    assert "Ya puede intentar otra vez, doña Ana." not in [
        m.get("text") for m in elena.phone.messages
    ]
    await world.deliver()
    await world.post()
    (answer,) = phone.notes("Respuesta a su solicitud T-2026-000001")
    assert "Ya puede intentar otra vez, doña Ana." in answer["text"]
    assert any("Ya puede intentar otra vez, doña Ana." in mail.text for mail in world.mails())
    await elena.tap("Cerrar")
    assert "La cerró Elena Prueba" in elena.screen
    await world.deliver()
    assert phone.notes("Cerramos su solicitud T-2026-000001")
    assert pedro.notes("La cerró Elena Prueba")
    await phone.restart()
    assert phone.notes("¡Bienvenido")


async def test_the_second_to_press_is_told_and_goes_on(elena, pedro, phone, world):
    await ask(phone)
    await phone.tap("No entiendo")
    await look_round(world)
    late = pedro.notes("Solicitud nueva")[-1]
    await elena.tap("✋ Atender")
    await pedro.phone.old_tap(late, "✋ Atender")
    assert "ya la atiende otra persona" in pedro.phone.toasts[-1].text
    await pedro.say("/menu")
    await pedro.tap("🎫 Solicitudes")
    await pedro.tap("1. ")
    assert "La atiende Elena Prueba" in pedro.screen
    assert "✋ Atender" not in pedro.labels
    await pedro.phone.send_data(await forged(world, pedro, "stk:claim"))
    assert "ya la atiende otra persona" in pedro.screen
    await pedro.tap("Volver")
    assert "T-2026-000001" in pedro.screen


async def test_a_ticket_leads_to_the_member_and_back(elena, phone, world):
    await ask(phone)
    await phone.tap("No entiendo")
    await elena.tap("🎫 Solicitudes")
    await elena.say("hola")
    assert "Escriba el número de la solicitud" in elena.screen
    await elena.say("t-2026-1")
    assert "No entiendo" in elena.screen
    assert "no es el del asociado" in elena.screen
    await elena.tap("Ver al asociado")
    assert "Ñáñez Peña, María Eugenia" in elena.screen
    await elena.tap("🎫 T-2026-000001")
    await elena.tap("✋ Atender")
    await elena.tap("Devolver a la cola")
    assert "Volvió a la cola" in elena.screen
    await elena.tap("Volver")
    await elena.say("77")
    assert "Eso ya no está" in elena.screen


async def test_whoever_is_out_enters_first(elena, phone, world):
    await elena.say("/salir")
    await ask(phone)
    await phone.tap("No entiendo")
    await look_round(world)
    await elena.tap("✋ Atender")
    assert "Primero entre con su código" in elena.screen
    await elena.say(elena.next_code)
    await elena.tap("✋ Atender")
    assert "Es suya" in elena.screen


async def test_an_old_ticket_comes_back_to_everybody(elena, pedro, phone, world):
    await ask(phone)
    await phone.tap("No entiendo")
    await look_round(world)
    await elena.tap("✋ Atender")
    world.clock.forward(hours=2, minutes=1)
    await look_round(world)
    assert pedro.notes("Sigue en espera: T-2026-000001")
    await pedro.say("/menu")
    assert "Cerré su sesión" in said(pedro)
    await pedro.enter()
    await pedro.tap("🎫 Solicitudes")
    await pedro.tap("1. ")
    assert "volvió a la cola porque nadie la siguió" in pedro.screen
    await pedro.tap("✋ Atender")
    assert "Es suya" in pedro.screen


async def asked(elena) -> None:
    await elena.find("nanez")
    await elena.tap("Cambiar correo o celular")
    await elena.tap("El correo")
    await elena.say(NEW_MAIL)
    await elena.tap("carta firmada")


async def test_two_employees_change_an_address(elena, pedro, phone, world):
    await phone.first_entry()
    await phone.leave()
    await asked(elena)
    assert "Les avisamos a sus compañeros" in elena.screen
    assert NEW_MAIL not in [m.get("text") for m in elena.phone.messages]
    await world.deliver()
    (note,) = pedro.notes("Falta otra persona")
    assert "Elena Prueba pidió cambiar el correo de CC •••••123" in note["text"]
    assert NEW_MAIL not in note["text"]
    await pedro.tap("👀 Revisar")
    assert NEW_MAIL in pedro.screen
    assert "Motivo: Entregó una carta firmada" in pedro.screen
    await pedro.tap("✅ Confirmar")
    assert "servirá dentro de 24 horas" in pedro.screen
    await world.post()
    await world.deliver()
    warning = world.mails()[-1]
    assert "Van a cambiar un dato suyo" in warning.subject
    assert "3 de noviembre" in warning.text
    assert NEW_MAIL not in warning.text
    assert phone.notes("Van a cambiar su correo")
    world.clock.forward(hours=23)
    await look_round(world)
    assert await column(world, "email") == "m1@correo.example"
    world.clock.forward(hours=1)
    await look_round(world)
    await world.post()
    assert await column(world, "email") == NEW_MAIL
    assert "Su nuevo dato ya sirve" in world.mails(NEW_MAIL)[-1].subject
    assert phone.notes("Su nuevo correo ya sirve")
    await phone.up_to_code(PIN)
    await phone.say(phone.code(NEW_MAIL))
    assert "Hola, María" in phone.screen


async def test_the_codes_go_to_the_old_address_until_then(elena, pedro, phone, world):
    await phone.first_entry()
    await phone.leave()
    await asked(elena)
    await world.deliver()
    await pedro.tap("👀 Revisar")
    await pedro.tap("✅ Confirmar")
    await phone.enter(PIN)
    assert "Hola, María" in phone.screen
    assert world.mails(NEW_MAIL) == []


async def test_the_member_says_no(elena, pedro, phone, world):
    await phone.first_entry()
    await phone.leave()
    await asked(elena)
    await world.deliver()
    await pedro.tap("👀 Revisar")
    await pedro.tap("✅ Confirmar")
    await world.deliver()
    await phone.tap("Yo no lo pedí")
    assert "Detenido" in phone.phone.toasts[-1].text
    await look_round(world)
    assert phone.notes("Detuvimos el cambio de su correo")
    assert pedro.notes("Lo detuvo el asociado")
    assert "Detuvo un cambio de contacto" in elena.notes("Solicitud nueva")[-1]["text"]
    world.clock.forward(hours=25)
    await look_round(world)
    assert await column(world, "email") == "m1@correo.example"
    await phone.enter(PIN)
    assert "Hola, María" in phone.screen


async def test_whoever_asked_may_withdraw_but_not_confirm(elena, pedro, world):
    await asked(elena)
    await elena.say("/menu")
    assert "Hay 1 cambio de correo o celular por confirmar" in elena.screen
    await elena.tap("Cambios de correo")
    await elena.tap("1. ")
    assert "✅ Confirmar" not in elena.labels
    await elena.phone.send_data(await forged(world, elena, "scd:confirm"))
    assert "una persona distinta" in elena.screen
    await elena.tap("Retirar el pedido")
    assert "Quedó sin efecto" in elena.screen
    await world.deliver()
    assert pedro.notes("no lo aprobó")


async def forged(world, phone, data: str) -> str:
    """That callback with the run of the chat's present screen."""
    async with world.database.unit() as connection:
        mine = conversation.c.chat_id == phone.phone.id
        run = await connection.scalar(select(conversation.c.run).where(mine))
    return f"{run}:{data}"


async def test_bad_addresses_are_told_and_nothing_typed_is_lost(elena, world):
    await elena.find("nanez")
    await elena.tap("Cambiar correo o celular")
    await elena.tap("El celular")
    for typed in ("123", "6017400000"):
        await elena.say(typed)
        assert "Ese no es un celular" in elena.screen
    await elena.tap("Volver")
    await elena.tap("El correo")
    await elena.say("maria arroba correo")
    assert "no está bien escrito" in elena.screen
    await elena.say("m1@correo.example")
    assert "Ese es el dato que ya tiene" in elena.screen
    await elena.say(NEW_MAIL)
    assert NEW_MAIL in elena.screen
    await elena.say("Mandó una carta")
    assert "Les avisamos a sus compañeros" in elena.screen
    await elena.tap("Cambiar correo o celular")
    await elena.tap("El correo")
    await elena.say("otra@correo.example")
    await elena.tap("carta firmada")
    assert "Ya hay otro cambio de ese dato" in elena.screen


async def test_nobody_helps_themselves(world, phone):
    """The employee is a member: by the document of the invitation, or by entering as one."""
    luz = at_phone(world, 2003)
    await luz.join("Luz Tiza", Role.ADMIN, f"CC {DOCUMENT}")
    for act, reason in (("Desbloquear", "Vino"), ("Restablecer", "Vino"), ("Desactivar", "pidió")):
        await luz.help("nanez", act, reason)
        assert "Esa cuenta es suya" in luz.screen
    await luz.find("nanez")
    await luz.tap("Cambiar correo o celular")
    await luz.tap("El correo")
    await luz.say(NEW_MAIL)
    assert "Esa cuenta es suya" in luz.screen
    assert await count(world, staff_act) == 0
    refused = (audit.c.result == "refused", audit.c.details.like("%own_account%"))
    assert await count(world, audit, *refused) == 4
    await luz.help("50000002", "Desbloquear", "Vino a la oficina")
    assert "puede intentar otra vez" in luz.screen


async def test_nor_whoever_entered_as_that_member_once(elena, world):
    await elena.say("/salir")
    world.clock.forward(minutes=1)
    await as_member(elena).first_entry()
    await elena.enter()
    await elena.help("nanez", "Desbloquear", "Vino a la oficina")
    assert "Esa cuenta es suya" in elena.screen


async def test_members_cannot_press_employees_buttons(phone, world, elena):
    await phone.inside()
    await ask_in_second_chat(world)
    before = await everything(world)
    standing = ("-:tkt:1", "-:chr:1", "-:chn:1", "-:tkt:99999")
    inside = ("sfd:unlock", "sfb:seen", "smo:1", "stk:claim", "shm:staff_members", "scd:confirm")
    for data in (*standing, *[await forged(world, phone, each) for each in inside]):
        await phone.phone.send_data(data)
        assert "Ñáñez Peña, María" not in phone.screen
    assert await everything(world) == before
    await phone.say("/menu")
    assert "Hola, María" in phone.screen


async def ask_in_second_chat(world) -> None:
    other = world.member(70)
    await ask(other)
    await other.tap("No entiendo")


async def everything(world) -> list[int]:
    done = (audit.c.result == "done",)
    return [await count(world, staff_act), await count(world, audit, *done)]


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.VERIFIER, Role.BROADCASTER])
async def test_other_roles_see_no_buttons_and_forged_ones_do_nothing(world, role):
    luz = at_phone(world, 2003)
    await luz.join("Luz Tiza", role)
    if role is Role.BROADCASTER:
        assert luz.labels == ["📣 Comunicados", "🚪 Salir"]
        await luz.say("nanez")
        await luz.phone.send_data(await forged(world, luz, "shm:staff_members"))
        assert "Ñáñez" not in luz.screen
        assert luz.labels == ["📣 Comunicados", "🚪 Salir"]
        return
    await luz.find("nanez")
    assert not any("Desbloquear" in label for label in luz.labels)
    for act in ("unlock", "reset", "deactivate"):
        await luz.phone.send_data(await forged(world, luz, f"sfd:{act}"))
        assert "¿Por qué lo hace?" not in luz.screen
    assert await count(world, staff_act) == 0
    await luz.tap("Ver documento completo")
    assert DOCUMENT in luz.screen


async def test_barred_meanwhile_is_told_and_the_file_is_shown(elena, pedro, world):
    await elena.find("nanez")
    await elena.tap("Desbloquear")
    await pedro.help("nanez", "Desactivar", "Hay sospecha de fraude")
    await elena.tap("Vino a la oficina")
    assert "para devolvérselo use «Reactivar el acceso»" in elena.screen
    await elena.tap("Reactivar")
    await pedro.tap("Reactivar")
    await pedro.tap("Vino a la oficina")
    await elena.tap("Vino a la oficina")
    assert "ya no estaba bloqueado" in elena.screen
    async with world.database.unit() as connection:
        barred = select(credential.c.locked_at).where(credential.c.member_id == 1)
        assert await connection.scalar(barred) is None


async def test_a_role_of_the_core_system_is_shown(elena, world):
    async with world.database.unit() as connection:
        await connection.execute(update(member).where(member.c.id == 1).values(status="inactive"))
    await elena.find("nanez")
    assert "inactivo" in elena.screen
