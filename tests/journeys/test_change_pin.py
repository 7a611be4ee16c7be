"""A member changes the PIN from inside, with every refusal on the way."""

import pytest
from sqlalchemy import select, update

from storage.schema import audit, credential, entry_attempt
from tests.journeys.member import PIN

NEW = "8305"


async def to_current(phone):
    await phone.say("cambiar pin")
    await phone.tap("Empezar")


async def to_new(phone):
    await to_current(phone)
    await phone.press(PIN, "Seguir")
    await phone.prove()


async def change(phone, pin=NEW):
    await to_new(phone)
    await phone.choose_pin(pin)


async def test_the_new_pin_opens_and_the_old_one_does_not(phone, world):
    await phone.inside()
    await change(phone)
    assert "Su PIN quedó cambiado" in phone.screen
    assert "Seguridad" in phone.screen
    await phone.leave()
    await phone.authorise()
    await phone.give_document()
    await phone.press(PIN)
    assert "Ese PIN no es correcto" in phone.screen
    await phone.press(NEW)
    await phone.pass_robot()
    await world.post()
    await phone.say(phone.code())
    assert "Hola, María" in phone.screen


async def test_the_mailbox_and_the_chat_are_told(phone, world):
    await phone.inside()
    await change(phone)
    await world.post()
    await world.deliver()
    assert "Su PIN de Cooperativa El Tablero cambió" in world.mails()[-1].subject
    (note,) = phone.notes("su PIN cambió")
    assert note["reply_markup"]["inline_keyboard"][0][0]["text"] == "🚨 No fui yo: bloquear ya"
    await phone.say("/salir")
    assert phone.notes("su PIN cambió")


async def test_a_wrong_pin_is_counted_and_may_be_tried_again(phone):
    await phone.inside()
    await to_current(phone)
    await phone.press("1397", "Seguir")
    assert "Ese PIN no es correcto. Le quedan 4 intentos" in phone.screen
    await phone.press(PIN, "Seguir")
    assert "Comprobemos que es usted" in phone.screen
    await phone.prove()
    assert "Escoja su PIN nuevo" in phone.screen


async def test_five_wrong_pins_end_the_session_and_lock(phone, world):
    await phone.inside()
    await to_current(phone)
    for wrong in ("1397", "1398", "1399", "2397", "2398"):
        await phone.press(wrong, "Seguir")
    assert "cerramos la sesión y el PIN quedó bloqueado" in phone.screen
    world.clock.forward(minutes=1)
    await phone.authorise()
    await phone.give_document()
    await phone.press(PIN)
    assert "Su PIN quedó bloqueado" in phone.screen
    assert {"🔓 Olvidé mi PIN", "🙋 Pedir ayuda"} <= set(phone.labels)


@pytest.mark.parametrize(
    ("pin", "why"),
    [
        ("1234", "muy fácil de adivinar"),
        ("5804", "fecha de nacimiento"),
        ("4178", "documento"),
        (PIN, "el PIN que ya tiene"),
    ],
)
async def test_the_same_pins_are_refused_as_at_first(phone, pin, why):
    await phone.inside()
    await to_new(phone)
    await phone.press(pin, "Seguir")
    assert why in phone.screen
    await phone.choose_pin(NEW)
    assert "Su PIN quedó cambiado" in phone.screen


async def test_two_that_differ_begin_again(phone):
    await phone.inside()
    await to_new(phone)
    await phone.press(NEW, "Seguir")
    await phone.press("8306", "Seguir")
    assert "no son iguales" in phone.screen
    await phone.choose_pin(NEW)
    assert "Su PIN quedó cambiado" in phone.screen


async def test_a_wrong_code_does_not_lead_on(phone, world):
    await phone.inside()
    await to_current(phone)
    await phone.press(PIN, "Seguir")
    await world.post()
    wrong = "000000" if phone.code() != "000000" else "111111"
    await phone.say(wrong)
    assert "Le quedan 2 intentos" in phone.screen
    await phone.say(phone.code())
    assert "Escoja su PIN nuevo" in phone.screen


async def test_a_proof_that_is_too_old_is_asked_for_again(phone, world):
    await phone.inside()
    await to_new(phone)
    for _ in range(3):
        world.clock.forward(minutes=4)
        await phone.press("4", "Borrar")
    await phone.press(NEW, "Seguir")
    assert "Empiece de nuevo" in phone.screen
    await change(phone)
    assert "Su PIN quedó cambiado" in phone.screen


async def test_cancelling_and_typing_change_nothing(phone, world):
    await phone.inside()
    await to_current(phone)
    await phone.say(PIN)
    assert "no escriba su PIN" in phone.screen
    assert PIN not in [m.get("text") for m in phone.phone.messages]
    await phone.tap("Cancelar")
    assert "¿Qué quiere hacer?" in phone.screen
    async with world.database.unit() as connection:
        sets = select(audit.c.id).where(audit.c.action == "pin_set")
        assert len(list(await connection.scalars(sets))) == 1


async def test_an_entry_begun_with_the_old_pin_leads_nowhere(phone, world):
    await phone.inside()
    thief = world.member(8)
    await thief.up_to_code(PIN)
    code = phone.code()
    world.clock.forward(minutes=1)
    await change(phone)
    await thief.say(code)
    assert "Hola" not in thief.screen
    await phone.tap("Menú")
    assert "Hola, María" in phone.screen


async def test_without_that_rule_the_old_attempt_enters(phone, world):
    await phone.inside()
    thief = world.member(8)
    await thief.up_to_code(PIN)
    code = phone.code()
    world.clock.forward(minutes=1)
    await change(phone)
    async with world.database.unit() as connection:
        await connection.execute(update(credential).values(attempts_from=None))
        await connection.execute(
            update(entry_attempt).values(code_expires_at=world.clock.now().replace(year=2030))
        )
    await thief.say(code)
    assert "Hola, María" in thief.screen


async def test_words_lead_there(phone):
    await phone.inside()
    await phone.say("quiero cambiar el pin")
    assert "Cambiar su PIN" in phone.screen
    await phone.tap("Volver")
    assert "¿Qué quiere hacer?" in phone.screen
