"""Questions, lists, shares, declarations and papers, at the phones."""

import struct

from sqlalchemy import select

from storage.profile.office import upkeep
from storage.schema import profile_paper, profile_section
from tests.profile.phones import (
    SECRETS,
    VERIFIER_PHONE,
    inside,
    person,
    send_with_code,
)
from tests.profile.test_journey import moved, world

__all__ = ["world"]


PNG = b"\x89PNG\r\n\x1a\n" + struct.pack(">I4sII", 13, b"IHDR", 600, 800)


async def test_a_question_goes_and_its_answer_comes_back(world):
    maria = await inside(world)
    await moved(maria)
    await maria.go("Revisar y enviar", "Seguir")
    await send_with_code(maria)
    luis = await person(world, VERIFIER_PHONE).work()
    await world.deliver()
    await luis.go("Abrir la solicitud", "Preguntar")
    await luis.say("¿Es en Sogamoso, <b>Boyacá</b>?")
    assert "Le avisaremos cuando contesten" in luis.screen
    await world.deliver()
    await maria.tap("Ver mi solicitud")
    assert "¿Es en Sogamoso, <b>Boyacá</b>?" in maria.screen
    await maria.tap("Contestar")
    await maria.say("Sí, en Sogamoso")
    assert "Gracias" in maria.screen
    await world.deliver()
    assert any("Contestaron su pregunta" in line for line in luis.lines)
    await luis.tap("Abrir la solicitud")
    assert "Sí, en Sogamoso" in luis.screen


async def test_withdrawing_is_asked_twice_and_changes_the_copies(world):
    maria = await inside(world)
    await moved(maria)
    await maria.go("Revisar y enviar", "Seguir")
    await send_with_code(maria)
    luis = await person(world, VERIFIER_PHONE).work()
    await world.deliver()
    await maria.go("Mis solicitudes", "Ver ACT-2026-000001", "Retirar", "Sí, retirarla")
    assert "usted la retiró" in maria.screen
    await world.deliver()
    assert any("la retiró quien la envió" in line for line in luis.lines)


async def test_a_dependant_is_added_walking_and_removed(world):
    maria = await inside(world)
    await maria.go("Mis datos", "Personas a cargo", "Agregar")
    await maria.say("Lucía Peña 2")
    assert "solo letras" in maria.screen
    await maria.say("Lucía Peña")
    await maria.tap("Hijo(a)")
    await maria.say("31/02/2015")
    assert "No entendí la fecha" in maria.screen
    await maria.say("5/3/2015")
    await maria.tap("Tarjeta de identidad")
    await maria.say("1050")
    assert "no corresponde a ese tipo" in maria.screen
    await maria.say("1.050.123.456")
    await maria.tap("Saltar")
    assert "1. Lucía Peña" in maria.screen
    await maria.go("Revisar y enviar", "Seguir")
    assert "registro civil" in maria.screen
    await maria.go("Volver", "Volver", "Personas a cargo", "1. Lucía", "Quitar")
    assert "Todavía no hay nadie" in maria.screen
    await maria.tap("Volver")
    assert "con cambios sin enviar" not in maria.screen


async def test_shares_must_be_a_whole(world):
    maria = await inside(world)
    await maria.go("Mis datos", "Beneficiarios", "Agregar")
    await maria.say("Ana Peña")
    await maria.go("Hijo(a)", "Cédula de ciudadanía")
    await maria.say("40123456")
    await maria.say("cincuenta")
    assert "entre 0,01 y 100" in maria.screen
    await maria.say("50")
    await maria.tap("Saltar")
    assert "Suman: 50,00\N{NO-BREAK SPACE}%" in maria.screen
    await maria.tap("Revisar y enviar")
    assert "deben sumar 100" in maria.screen
    await maria.tap("✏️ Porcentaje")
    await maria.go("1. Ana", "Porcentaje")
    await maria.say("100 %")
    await maria.go("Revisar y enviar", "Seguir")
    await send_with_code(maria, "Son datos verdaderos", "Tengo la autorización")
    assert "ACT-2026-000001" in maria.screen


async def test_declarations_are_not_ticked_and_all_are_needed(world):
    maria = await inside(world)
    await maria.go("Mis datos", "Ingresos", "Otros ingresos")
    await maria.say("dos millones y medio")
    assert "De qué son" in " ".join(maria.labels) or "¿De qué son" in maria.screen
    await maria.say("Arriendo de una casa")
    await maria.go("Revisar y enviar", "Seguir")
    assert "✅" not in "".join(maria.labels)
    await maria.tap("Enviar mi solicitud")
    assert "Marque cada declaración" in maria.screen
    await maria.tap("⬜ Mi dinero")
    await maria.tap("Enviar mi solicitud")
    assert "Marque cada declaración" in maria.screen
    await send_with_code(maria)
    assert "ACT-2026-000001" in maria.screen


async def test_all_the_same_is_two_taps(world):
    maria = await inside(world)
    await maria.go("Mis datos", "Referencias", "Todo sigue igual")
    assert "Referencias: dice que sigue igual" in maria.screen
    await maria.tap("Confirmar que sigue igual")
    assert "Referencias: al día" in maria.screen
    async with world.database.unit() as connection:
        assert (await connection.execute(select(profile_section))).all() == []


async def test_papers_are_deleted_after_the_decision(world):
    maria = await inside(world)
    await maria.go("Mis datos", "Ingresos", "Pensión")
    await maria.say("3'200.000")
    await maria.go("Revisar y enviar", "Seguir")
    await maria.phone.upload("pago.png", PNG, as_photo=True)
    await maria.tap("Seguir")
    await send_with_code(maria, "Son datos verdaderos", "Mi dinero")
    luis = await person(world, VERIFIER_PHONE).work()
    await world.deliver()
    await luis.go("Abrir la solicitud", "Aprobar")
    for days, left in ((29, 1), (2, 0)):
        world.clock.forward(days=days)
        async with world.database.unit() as connection:
            await upkeep(connection, SECRETS).round(world.clock.now())
            assert len((await connection.execute(select(profile_paper))).all()) == left
