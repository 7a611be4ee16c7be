"""Personal data: the authorisation and its proof, withdrawing it, a copy, the last entries."""

import io
import json

from pypdf import PdfReader
from sqlalchemy import select, update

from storage.schema import audit, consent, member
from tests.journeys.member import DOCUMENT, PIN


async def rows(world, table):
    async with world.database.unit() as connection:
        return (await connection.execute(select(table))).all()


def plain(phone):
    return phone.screen.replace("\N{NARROW NO-BREAK SPACE}", " ")


async def to_privacy(phone):
    await phone.say("/seguridad")
    await phone.tap("Privacidad")


async def to_copy(phone):
    await phone.inside()
    phone.world.clock.forward(minutes=2)
    await to_privacy(phone)
    await phone.tap("Copia de mis datos")
    await phone.prove()


async def test_the_authorisation_and_its_proof(phone, world):
    await phone.inside()
    await to_privacy(phone)
    (given,) = await rows(world, consent)
    assert "el 2 de noviembre de 2026" in phone.screen
    assert "Versión 2026-1" in phone.screen
    await phone.tap("Leer lo que autoricé")
    assert "¿Autoriza a" in phone.screen
    assert given.text_sha256 in phone.screen
    await phone.tap("Volver")
    assert "Copia de mis datos" in "".join(phone.labels)


async def test_words_that_are_no_longer_todays_are_not_shown_as_accepted(phone, world):
    await phone.inside()
    async with world.database.unit() as connection:
        await connection.execute(update(consent).values(version="2024-1", text_sha256="e3b0" * 16))
    await to_privacy(phone)
    await phone.tap("Leer lo que autoricé")
    assert "Fue la versión 2024-1, que ya no es la de hoy" in phone.screen
    assert "¿Autoriza a" not in phone.screen
    await phone.tap("Volver")
    assert "Sus datos personales" in phone.screen


async def test_withdrawing_is_explained_ends_the_session_and_asks_again(phone, world):
    await phone.inside()
    await to_privacy(phone)
    await phone.tap("Retirar mi autorización")
    assert "Lo que se queda, porque la ley" in phone.screen
    await phone.tap("Volver")
    await phone.tap("Retirar mi autorización")
    await phone.tap("Sí, retirar")
    assert "Retiró su autorización" in phone.screen
    (given,) = await rows(world, consent)
    assert given.withdrawn_at == world.clock.now()
    await world.post()
    assert "Retiró su autorización" in world.mails()[-1].subject
    await phone.tap("Entrar")
    assert "¿Autoriza a" in phone.screen
    await phone.tap("Sí, autorizo")
    await phone.give_document()
    await phone.press(PIN)
    await phone.pass_robot()
    await world.post()
    await phone.say(phone.code())
    assert "Hola, María" in phone.screen
    assert [row.withdrawn_at is None for row in await rows(world, consent)] == [False, True]


async def test_a_copy_needs_a_fresh_code(phone, world):
    await phone.inside()
    world.clock.forward(minutes=2)
    await to_privacy(phone)
    await phone.tap("Copia de mis datos")
    assert "Comprobemos que es usted" in phone.screen
    await phone.say("000000")
    assert "Ese código no es" in phone.screen
    await world.deliver()
    assert phone.phone.documents == []
    await phone.prove()
    assert "¿Cómo la quiere?" in phone.screen


async def test_the_copy_as_json(phone, world):
    await to_copy(phone)
    await phone.tap("En JSON")
    await world.deliver()
    (paper,) = phone.phone.documents
    assert paper.name == "mis-datos-2026-11-02.json"
    data = json.loads(paper.content)["Datos"]
    assert data["Sus datos básicos"][0]["Documento"] == DOCUMENT
    assert [row["Saldo"] for row in data["Sus productos"]] == ["1234567.00", "50000.50"]
    assert data["Sus movimientos"][0]["Valor"] == "50000.50"
    assert data["Sus autorizaciones"][0]["Versión"] == "2026-1"
    assert any(row["Qué"] == "entrada" for row in data["Registro de lo que pasó con su acceso"])


async def test_the_copy_as_pdf(phone, world):
    await to_copy(phone)
    await phone.tap("En PDF")
    await world.deliver()
    (paper,) = phone.phone.documents
    assert paper.name == "mis-datos-2026-11-02.pdf"
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(paper.content)).pages)
    assert "Copia de sus datos" in text
    assert DOCUMENT in text
    assert "1.234.567" in text


async def test_the_copies_hold_nobody_elses_data_and_no_secret(phone, world):
    async with world.database.unit() as connection:
        await connection.execute(
            update(member).where(member.c.id == 2).values(first_names="OTRA", surnames="PERSONA")
        )
    await to_copy(phone)
    await phone.tap("En JSON")
    await world.deliver()
    (paper,) = phone.phone.documents
    told = paper.content.decode()
    assert "OTRA" not in told
    assert "99900" not in told
    assert "999.00" not in told
    assert "argon2" not in told
    async with world.database.unit() as connection:
        hashes = list(await connection.scalars(select(audit.c.chain)))
    assert not [each for each in hashes if each and each in told]


async def test_the_copies_leave_with_the_session(phone, world):
    await to_copy(phone)
    await phone.tap("En JSON")
    await world.deliver()
    await phone.say("/salir")
    assert phone.phone.documents == []


async def test_later_another_code_is_asked_for(phone, world):
    await to_copy(phone)
    for _ in range(3):
        world.clock.forward(minutes=4)
        await phone.say("/menu")
    await to_privacy(phone)
    await phone.tap("Copia de mis datos")
    assert "Comprobemos que es usted" in phone.screen


async def test_the_last_twenty_entries(phone, world):
    await phone.inside()
    await phone.say("/seguridad")
    await phone.tap("Mis entradas")
    assert "✅ 2 nov 2026, 9:30 a. m.: entrada" in plain(phone)
    assert "PIN nuevo" in phone.screen
    await phone.leave()
    await phone.authorise()
    await phone.give_document()
    await phone.press("1397")
    await phone.press(PIN)
    await phone.pass_robot()
    await world.post()
    await phone.say(phone.code())
    await to_privacy(phone)
    await phone.tap("Mis últimas entradas")
    assert "⛔ 2 nov 2026, 9:32 a. m.: PIN equivocado" in plain(phone)
    assert phone.screen.count("nov 2026") <= 20
    await phone.tap("Volver")
    assert "Sus datos personales" in phone.screen
