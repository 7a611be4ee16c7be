"""From the menu to the data of record, at the phones."""

import struct
from collections.abc import AsyncIterator

import pytest
from sqlalchemy import select

from bot.warden import Warden
from storage.database import Database
from storage.profile.office import upkeep
from storage.schema import member, profile_draft, profile_paper, profile_section
from tests.journeys.employee import look_round
from tests.journeys.member import World
from tests.profile.phones import (
    MEMBER_PHONE,
    NEW_EMAIL,
    OTHER_PHONE,
    OWN_PHONE,
    SECRETS,
    VERIFIER_PHONE,
    Person,
    inside,
    newest_code,
    open_world,
    person,
    send_with_code,
)

PDF = b"%PDF-1.4 a pay slip"
PNG = b"\x89PNG\r\n\x1a\n" + struct.pack(">I4sII", 13, b"IHDR", 600, 800)


@pytest.fixture
async def world(database: Database, database_url: str) -> AsyncIterator[World]:
    async with open_world(database, database_url) as opened:
        yield opened


async def moved(maria: Person) -> None:
    """Address, neighbourhood and municipality."""
    await maria.go("Mis datos", "Datos personales", "Dirección")
    await maria.say("Carrera 9 # 1-2, apto 301")
    await maria.tap("Barrio")
    await maria.say("La Fuente")
    await maria.tap("Municipio")
    await maria.say("sogamozo")


async def test_a_member_who_moved_is_verified_and_told(world):
    maria = await inside(world)
    await moved(maria)
    assert "Municipio: Sogamoso (Boyacá)" in maria.screen
    await maria.go("Revisar y enviar", "Seguir")
    await send_with_code(maria)
    assert "ACT-2026-000001" in maria.screen
    await world.deliver()
    luis = await person(world, VERIFIER_PHONE).work()
    await world.deliver()
    await luis.tap("Abrir la solicitud")
    assert "Dirección: sin dato ➡️ Carrera 9 # 1-2, apto 301" in luis.screen
    await luis.tap("Aprobar")
    assert "quedó decidida" in luis.screen
    await world.deliver()
    assert any("aprobada, ya son sus datos" in line for line in maria.lines)
    await maria.say("/menu")
    await maria.go("Mis datos", "Datos personales")
    assert "Dirección: Carrera 9 # 1-2, apto 301" in maria.screen
    async with world.database.unit() as connection:
        found = select(member.c.municipality).where(member.c.id == 1)
        assert await connection.scalar(found) == "Sogamoso"


async def test_nothing_typed_stays_in_the_chat(world):
    maria = await inside(world)
    await moved(maria)
    assert not [text for text in maria.typed if "Carrera" in text]


async def test_every_copy_says_who_attended(world):
    maria = await inside(world)
    await moved(maria)
    await maria.go("Revisar y enviar", "Seguir")
    await send_with_code(maria)
    luis, rosa = person(world, VERIFIER_PHONE), person(world, OTHER_PHONE)
    await luis.work()
    await rosa.work()
    await world.deliver()
    await luis.tap("Abrir la solicitud")
    await world.deliver()
    assert any("La está revisando Empleado 21" in line for line in rosa.lines)
    await luis.tap("No aprobar")
    await luis.tap("El documento no coincide")
    await world.deliver()
    for copy in (luis, rosa):
        assert any("Atendida por Empleado 21" in line for line in copy.lines), copy.lines
    assert any("el documento no coincide con los datos" in line for line in maria.lines)
    await maria.say("/menu")
    await maria.go("Mis datos", "Datos personales")
    assert "Carrera" not in maria.screen


async def test_the_verifier_whose_own_it_is_hears_nothing_and_may_not(world):
    maria = await inside(world)
    await moved(maria)
    await maria.go("Revisar y enviar", "Seguir")
    await send_with_code(maria)
    maria_at_work = await person(world, OWN_PHONE).work()
    await world.deliver()
    assert not [line for line in maria_at_work.lines if "ACT-" in line]
    await maria_at_work.phone.send_data("-:vfn:1")
    assert "sus propios datos" in maria_at_work.phone.toasts[-1].text
    await maria_at_work.say("/menu")
    await maria_at_work.tap("Datos por verificar")
    await maria_at_work.tap("ACT-2026-000001")
    assert "de sus propios datos" in maria_at_work.screen


async def test_a_stranger_cannot_open_a_note(world):
    maria = await inside(world)
    await moved(maria)
    await maria.go("Revisar y enviar", "Seguir")
    await send_with_code(maria)
    stranger = person(world, 99)
    await stranger.say("/start")
    for data in ("-:vfn:1", "-:rqn:1", "-:pfu:1"):
        await stranger.phone.send_data(data)
        assert "Carrera" not in stranger.screen
        assert "entrar" in stranger.screen.lower() or "empleados" in stranger.screen


async def test_a_draft_survives_the_session_and_is_sent_days_later(world):
    maria = await inside(world)
    await moved(maria)
    world.clock.forward(days=3)
    await Warden(world.replicas[0].office.desk).look_round()
    assert not [line for line in maria.lines if "Carrera" in line]
    await maria.enter()
    await maria.tap("Mis datos")
    assert "Datos personales: con cambios sin enviar" in maria.screen
    await maria.go("Revisar y enviar")
    assert "Carrera 9 # 1-2, apto 301" in maria.screen
    await maria.go("Seguir")
    await send_with_code(maria)
    assert "ACT-2026-000001" in maria.screen


async def test_a_draft_runs_out_after_thirty_days_with_a_notice(world):
    maria = await inside(world)
    await moved(maria)
    world.clock.forward(days=31)
    async with world.database.unit() as connection:
        await upkeep(connection, SECRETS).round(world.clock.now())
    await world.deliver()
    assert any("30 días y borramos los cambios" in line for line in maria.lines)
    async with world.database.unit() as connection:
        assert (await connection.execute(select(profile_draft))).all() == []


async def test_a_new_email_needs_its_own_code(world):
    maria = await inside(world)
    await maria.go("Mis datos", "Datos personales", "Correo")
    await maria.say("no es un correo")
    assert "no está bien escrito" in maria.screen
    await maria.say(NEW_EMAIL)
    await world.post()
    await maria.say("000000" if newest_code(world, NEW_EMAIL) != "000000" else "111111")
    assert "Ese código no es" in maria.screen
    await maria.go("Volver", "Revisar y enviar")
    assert "Falta comprobar que es suyo: Datos personales, Correo" in maria.screen
    assert "Seguir" not in " ".join(maria.labels)
    await maria.tap("✏️ Correo")
    await world.post()
    await maria.say(newest_code(world, NEW_EMAIL))
    assert "El correo nuevo es suyo" in maria.screen
    await maria.go("Revisar y enviar", "Seguir")
    await send_with_code(maria)
    luis = await person(world, VERIFIER_PHONE).work()
    await world.deliver()
    await luis.tap("Abrir la solicitud")
    assert "❗ Correo: m1@correo.example" in luis.screen
    await luis.tap("Aprobar")
    await world.post()
    assert any("Van a cambiar un dato suyo" in m.subject for m in world.mails("m1@correo.example"))
    told = len(world.mails(NEW_EMAIL))
    await world.deliver()
    assert any("El correo o el celular nuevo sirve 24 horas después" in t for t in maria.lines)
    world.clock.forward(hours=24)
    await look_round(world)
    await world.post()
    assert [m.subject for m in world.mails(NEW_EMAIL)[told:]] == [
        "Su nuevo dato ya sirve en Cooperativa El Tablero"
    ]


async def test_who_did_not_ask_for_a_new_email_stops_it_in_the_chat(world):
    maria = await inside(world)
    await maria.go("Mis datos", "Datos personales", "Correo")
    await maria.say(NEW_EMAIL)
    await world.post()
    await maria.say(newest_code(world, NEW_EMAIL))
    await maria.go("Revisar y enviar", "Seguir")
    await send_with_code(maria)
    luis = await person(world, VERIFIER_PHONE).work()
    await world.deliver()
    await luis.go("Abrir la solicitud", "Aprobar")
    await luis.go("Menú", "Cambios de correo", "1. ")
    assert "Lo pidió el asociado en la actualización ACT-2026-000001" in luis.screen
    assert "m•••@c•••.example" in luis.screen
    await world.deliver()
    await maria.tap("Yo no lo pedí")
    world.clock.forward(hours=24)
    await look_round(world)
    async with world.database.unit() as connection:
        found = select(member.c.email).where(member.c.id == 1)
        assert await connection.scalar(found) == "m1@correo.example"
    await maria.enter()
    await maria.go("Mis datos", "Datos personales")
    assert "Correo: m1@correo.example" in maria.screen


async def test_a_new_mobile_is_proven_by_sharing_it(world):
    maria = await inside(world)
    await maria.go("Mis datos", "Datos personales", "Celular")
    await maria.say("12345")
    assert "empieza por 3" in maria.screen
    await maria.tap("Es el de este Telegram")
    foreign = {"phone_number": "573001112233", "first_name": "X", "user_id": 99}
    await maria.phone.share_contact(foreign)
    assert "no es el de este Telegram" in maria.screen
    own = foreign | {"user_id": MEMBER_PHONE}
    await maria.phone.share_contact(own)
    assert "Ese celular es suyo" in maria.screen
    assert "300 1112233" in maria.screen
    await maria.go("Revisar y enviar", "Seguir")
    await send_with_code(maria)
    assert "ACT-2026-000001" in maria.screen


async def test_a_new_job_asks_what_follows_and_its_paper(world):
    maria = await inside(world)
    await maria.go("Mis datos", "Datos laborales", "Ocupación", "Docente")
    assert "¿En qué institución o empresa trabaja?" in maria.screen
    await maria.say("Colegio de Boyacá")
    await maria.tap("Pública")
    await maria.say("Docente de aula")
    await maria.say("5 de marzo de 2010")
    await maria.tap("En propiedad")
    await maria.say("Secretaría de Educación de Boyacá")
    assert "Fecha de ingreso: 5 de marzo de 2010" in maria.screen
    await maria.go("Revisar y enviar", "Seguir")
    assert "carta laboral" in maria.screen
    await maria.phone.upload("virus.pdf", b"MZ this is no paper")
    assert "no es una foto" in maria.screen
    await maria.phone.upload("empty.pdf", b"")
    assert "vacío o pasa de 5 MB" in maria.screen
    await maria.phone.upload("big.pdf", b"%PDF-" + bytes(5 * 1024 * 1024))
    assert "vacío o pasa de 5 MB" in maria.screen
    await maria.say("ya se la mandé")
    assert "solo recibo una foto o un archivo PDF" in maria.screen
    await maria.phone.upload("carta.pdf", PDF)
    assert "Recibido: carta laboral" in maria.screen
    await maria.tap("Seguir")
    await send_with_code(maria)
    luis = await person(world, VERIFIER_PHONE).work()
    await world.deliver()
    await luis.go("Abrir la solicitud", "Ver carta laboral")
    await world.deliver()
    (paper,) = luis.phone.documents
    assert paper.content == PDF
    await luis.say("/salir")
    assert luis.phone.documents == []


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
