"""A forgotten PIN: from the document to the new PIN, and all that stops somebody else."""

import pytest
from sqlalchemy import select, update

from storage.schema import credential, member, session
from tests.journeys.member import PIN

NEW = "8305"
OWN_NUMBER = "300 000 0007"


async def on_file(world, **columns):
    async with world.database.unit() as connection:
        await connection.execute(update(member).where(member.c.id == 1).values(columns))


@pytest.fixture
async def member_phone(phone, world):
    """A member who has a PIN, whose mobile on file is this telephone, and who is outside."""
    await on_file(world, mobile=OWN_NUMBER)
    await phone.first_entry()
    await phone.leave()
    return phone


async def to_code(phone, document=None):
    await phone.say("/start")
    await phone.tap("Olvidé mi PIN")
    if "autoriza" in phone.screen:
        await phone.tap("Sí, autorizo")
    await phone.give_document(*([document] if document else []))
    await phone.pass_robot()
    await phone.world.post()


async def to_second(phone):
    await to_code(phone)
    await phone.say(phone.code())


async def to_new(phone):
    await to_second(phone)
    await phone.tap("Compartir mi número")


async def test_from_the_document_to_the_new_pin(member_phone, world):
    phone = member_phone
    await to_new(phone)
    assert "Escoja su PIN nuevo" in phone.screen
    await phone.choose_pin(NEW)
    assert "Su PIN nuevo quedó guardado" in phone.screen
    assert "10:31" in phone.screen
    world.clock.forward(minutes=61)
    await phone.tap("Empezar de nuevo")
    await phone.enter(NEW)
    assert "Hola, María" in phone.screen


async def test_until_it_serves_nobody_enters_with_it(member_phone, world):
    phone = member_phone
    await to_new(phone)
    await phone.choose_pin(NEW)
    await phone.tap("Empezar de nuevo")
    await phone.up_to_code(NEW)
    await phone.say(phone.code())
    assert "Su PIN nuevo todavía no sirve" in phone.screen
    world.clock.forward(minutes=61)
    await phone.tap("Empezar de nuevo")
    await phone.enter(NEW)
    assert "Hola, María" in phone.screen


async def test_the_member_is_told_at_once_and_when_it_serves(member_phone, world):
    phone = member_phone
    await to_new(phone)
    await phone.choose_pin(NEW)
    await world.post()
    await world.deliver()
    assert "Su PIN de Cooperativa El Tablero cambió" in world.mails()[-1].subject
    assert phone.notes("su PIN cambió")
    assert not phone.notes("ya sirve")
    world.clock.forward(minutes=61)
    await world.deliver()
    assert phone.notes("su PIN nuevo ya sirve")


async def test_it_ends_the_session_elsewhere(member_phone, world):
    await member_phone.enter()
    other = world.member(8)
    await on_file(world, mobile="300 000 0008")
    world.clock.forward(minutes=1)
    await to_new(other)
    await other.choose_pin(NEW)
    async with world.database.unit() as connection:
        live = select(session.c.id).where(session.c.ended_at.is_(None))
        assert list(await connection.scalars(live)) == []
    await member_phone.tap("Mi estado de cuenta")
    assert "$" not in member_phone.screen
    await world.deliver()
    assert member_phone.notes("su PIN cambió")


async def test_an_unknown_document_sees_the_same_screens(member_phone, world):
    stranger, other = world.member(50), world.member(51)
    await to_code(stranger, "99887766")
    await to_code(other)
    assert stranger.screen == other.screen
    for phone in (stranger, other):
        await phone.say("000000")
    assert "No pudimos comprobar sus datos" in stranger.screen
    assert stranger.screen == other.screen
    assert stranger.labels == other.labels


async def test_somebody_elses_contact_is_no_proof(member_phone):
    phone = member_phone
    await to_second(phone)
    await phone.phone.share_contact(
        {"phone_number": "573000000007", "first_name": "María", "user_id": 99}
    )
    assert "Ese contacto no es el suyo" in phone.screen
    await phone.phone.share_contact({"phone_number": "573000000007", "first_name": "María"})
    assert "Ese contacto no es el suyo" in phone.screen
    await phone.tap("Compartir mi número")
    assert "Escoja su PIN nuevo" in phone.screen


async def test_another_number_is_no_proof_and_ends_in_a_request(member_phone, world):
    phone = member_phone
    await on_file(world, mobile="3104567890")
    await to_second(phone)
    await phone.tap("Compartir mi número")
    assert "no es el que usted tiene registrado en la cooperativa. Le quedan 2 intentos" in (
        phone.screen
    )
    await phone.phone.share_contact()
    await phone.phone.share_contact()
    assert "No pudimos comprobar que es usted" in phone.screen
    await phone.tap("Pedir ayuda")
    assert "Escriba su nombre" in phone.screen
    await phone.say("Ana María Peña")
    await phone.tap("Cambié de celular")
    assert "T-2026-000001" in phone.screen


async def test_without_a_mobile_on_file_the_way_is_a_request(member_phone, world):
    await on_file(world, mobile=None)
    await to_second(member_phone)
    await member_phone.tap("Compartir mi número")
    assert "Le quedan 2 intentos" in member_phone.screen
    await member_phone.tap("Pedir ayuda")
    assert "Escriba su nombre" in member_phone.screen


async def test_the_shared_contact_leaves_the_chat(member_phone):
    await to_new(member_phone)
    assert not [m for m in member_phone.phone.messages if "contact" in m]


@pytest.mark.parametrize(
    ("state", "subject"),
    [
        ({"locked": True}, "está bloqueado"),
        ({"status": "inactive"}, "está inactiva"),
        ({"no_pin": True}, "Todavía no tiene un PIN"),
    ],
)
async def test_who_may_not_is_told_by_mail_only(member_phone, world, state, subject):
    phone = member_phone
    if "status" in state:
        await on_file(world, **state)
    async with world.database.unit() as connection:
        if "locked" in state:
            await connection.execute(update(credential).values(locked_at=world.clock.now()))
        if "no_pin" in state:
            await connection.execute(update(credential).values(pin_hash=None))
    await to_code(phone)
    assert subject in world.mails()[-1].subject
    await phone.say("123456")
    assert "No pudimos comprobar sus datos" in phone.screen
    await phone.tap("Cancelar")
    assert "¡Bienvenido" in phone.screen


async def test_one_who_is_locked_out_opens_again_alone(member_phone, world):
    phone = member_phone
    await phone.authorise()
    await phone.give_document()
    for wrong in ("1397", "1398", "1399", "2397", "2398"):
        await phone.press(wrong)
    assert "Su PIN quedó bloqueado" in phone.screen
    await phone.tap("Olvidé mi PIN")
    await phone.give_document()
    await phone.pass_robot()
    await world.post()
    await phone.say(phone.code())
    await phone.tap("Compartir mi número")
    await phone.choose_pin(NEW)
    world.clock.forward(minutes=61)
    await phone.tap("Empezar de nuevo")
    await phone.enter(NEW)
    assert "Hola, María" in phone.screen


async def test_the_old_pin_is_dead_at_once(member_phone, world):
    phone = member_phone
    await to_new(phone)
    await phone.choose_pin(NEW)
    world.clock.forward(minutes=61)
    await phone.tap("Empezar de nuevo")
    await phone.authorise()
    await phone.give_document()
    await phone.press(PIN)
    assert "Ese PIN no es correcto" in phone.screen


async def test_weak_pins_are_refused_here_too(member_phone):
    await to_new(member_phone)
    await member_phone.press("1234", "Seguir")
    assert "muy fácil de adivinar" in member_phone.screen
    await member_phone.choose_pin(NEW)
    assert "Su PIN nuevo quedó guardado" in member_phone.screen


async def test_too_late_is_said_kindly(member_phone, world):
    await to_second(member_phone)
    world.clock.forward(minutes=16)
    await member_phone.tap("Compartir mi número")
    assert "Se acabó el tiempo" in member_phone.screen
    await member_phone.tap("Empezar de nuevo")
    await to_new(member_phone)
    assert "Escoja su PIN nuevo" in member_phone.screen


async def test_another_code_may_be_asked_for(member_phone, world):
    phone = member_phone
    await to_code(phone)
    first = phone.code()
    await phone.tap("Enviar otro código")
    await world.post()
    await phone.say(first)
    if first != phone.code():
        assert "No pudimos comprobar" in phone.screen
        await phone.say(phone.code())
    assert "Falta comprobar que es usted" in phone.screen
