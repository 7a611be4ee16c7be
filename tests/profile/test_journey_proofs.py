"""What must be proven before it is sent: an address, a mobile, a job."""

from sqlalchemy import select

from storage.schema import member
from tests.journeys.employee import look_round
from tests.profile.phones import (
    MEMBER_PHONE,
    NEW_EMAIL,
    VERIFIER_PHONE,
    inside,
    newest_code,
    person,
    send_with_code,
)
from tests.profile.test_journey import world

__all__ = ["world"]


PDF = b"%PDF-1.4 a pay slip"


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
