"""Two employees change an address, and the member may say no."""

from sqlalchemy import select

from storage.schema import member
from tests.journeys.employee import forged, look_round
from tests.journeys.member import PIN
from tests.journeys.test_helping import elena, pedro

__all__ = ["elena", "pedro"]


NEW_MAIL = "maria.nueva@correo.example"


async def column(world, name: str):
    async with world.database.unit() as connection:
        return await connection.scalar(select(member.c[name]).where(member.c.id == 1))


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
