"""Whole broadcasts, by employees at their phones: written, confirmed, watched and halted."""

import pytest
from sqlalchemy import insert

from domain.staff.people import Role
from storage.schema import credential
from tests.journeys.broadcasts import (
    LUZ,
    PEDRO,
    TUNJA,
    Press,
    alone,
    broadcaster,
    compose,
    launch,
)
from tests.statement_rows import add_member

PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x10\x00\x00\x00\x10\x08\x02\x00\x00\x00"
MEMBERS = (3, 4, 5)


@pytest.fixture
def cooperative(cooperative):
    """Here one person writes to four members at most."""
    return alone(cooperative, 4)


@pytest.fixture
async def press(world):
    """Wednesday at ten; members 1 to 5, of whom 1 and 3 have a chat and 2 only an address."""
    world.clock.forward(days=2, minutes=30)
    async with world.database.unit() as connection:
        for member_id in MEMBERS:
            await add_member(connection, member_id, municipality="Tunja")
        for member_id in (1, 3):
            bound = {"member_id": member_id, "telegram_id": 100 + member_id}
            await connection.execute(insert(credential).values(bound))
    for member_id in (1, 3):
        await world.member(100 + member_id).say("/start")
    return Press(world)


@pytest.fixture
async def luz(world, press):
    return await broadcaster(world, LUZ, "Luz Prueba")


@pytest.fixture
async def pedro(world, press):
    return await broadcaster(world, PEDRO, "Pedro Prueba", Role.ADMIN)


def note(phone, words: str) -> str:
    """The newest message that holds the words."""
    texts = [m.get("text", "") for m in phone.phone.messages]
    return next(text for text in reversed(texts) if words in text)


async def test_from_the_first_word_to_the_result(luz, pedro, world, press):
    await launch(luz, "La asamblea es el <b>sábado</b>")
    assert "Falta que lo confirme otra persona" in luz.screen
    await world.deliver()
    assert "Luz Prueba quiere enviar «La asamblea es el sábado»" in pedro.screen
    await pedro.tap("Ver y decidir")
    await pedro.tap("Leerlo y decidir")
    assert pedro.screen.startswith("La asamblea es el sábado")
    await pedro.tap("Confirmar y enviar")
    assert "empieza a enviarse" in note(pedro, "Confirmado")
    await world.deliver()
    assert "📤 Se está enviando: 0 de 5." in note(luz, "📤")
    await press.send()
    await press.look()
    for member in (101, 103):
        assert "La asamblea es el sábado" in world.member(member).screen
    assert "Terminó. Enviados: 3 de 5." in note(luz, "Terminó")
    assert "Sin poder entregar: 2" in note(pedro, "Terminó")
    assert await press.audited() == ["broadcast_asked", "broadcast_confirmed"]
    assert "La asamblea" in [m.text for m in world.mails("m2@correo.example")][-1]


async def test_each_part_is_changed_without_losing_the_others(luz, world, press):
    await compose(luz, "Primero")
    await luz.tap("Texto")
    await luz.say("Segundo & último")
    assert "«Segundo & último»" in luz.screen
    assert "Cambios en los productos" in luz.screen
    await luz.tap("Archivo")
    await luz.phone.upload("recibo.txt", b"hola")
    assert "Solo pueden ir una foto" in luz.screen
    await luz.say("es este")
    await luz.phone.upload("afiche.png", PNG)
    assert "Archivo: afiche.png" in luz.screen
    await luz.tap("Botón")
    await luz.tap("Ver mis créditos")
    for words in ("«Segundo & último»", "afiche.png", "Ver mis créditos", "todos los asociados"):
        assert words in luz.screen
    await luz.tap("Archivo")
    await luz.tap("Quitar el archivo")
    assert "afiche.png" not in luz.screen
    assert "Segundo" in luz.screen


async def test_the_draft_survives_leaving_and_another_session(luz, world, press):
    await compose(luz, "Para mañana")
    await luz.say("/salir")
    world.clock.forward(hours=20)
    await luz.enter()
    await luz.tap("Comunicados")
    await luz.tap("Seguir con mi borrador")
    assert "«Para mañana»" in luz.screen
    await luz.tap("Borrar el borrador")
    assert "El borrador se borró" in luz.screen
    assert "✍️ Escribir uno nuevo" in luz.labels


async def test_what_cannot_be_sent_says_so_and_loses_nothing(luz, world, press):
    await luz.tap("Comunicados")
    await luz.tap("Escribir uno nuevo")
    await luz.tap("Ver cómo queda")
    assert "Falta el texto" in luz.screen
    await luz.tap("📝 Texto")
    await luz.say("Mire <script>esto</script>")
    assert "Esto no se puede usar: «<script>»" in luz.screen
    await luz.say('Entre a <a href="https://malo.example/x">aquí</a>')
    assert "https://malo.example/x" in luz.screen
    await luz.say("a" * 4000)
    assert "Tiene 4000 caracteres y caben 3936" in luz.screen
    await luz.say("Si 5 < 6 & 7 > 6, todo va bien")
    assert "«Si 5 < 6 & 7 > 6, todo va bien»" in luz.screen
    await luz.tap("Para quiénes")
    await luz.tap("Por municipio")
    await luz.say("Leticia")
    assert "Ningún asociado vive en «Leticia»" in luz.screen
    await luz.say("tunja")
    assert "✅ Tunja" in luz.labels
    assert "Asociados: 3" in luz.screen
    await luz.tap("Volver")
    await luz.tap("Por producto")
    await luz.tap("CDAT")
    assert "Asociados: 0" in luz.screen
    await luz.tap("Volver")
    await luz.tap("Volver")
    await luz.tap("🏷️ Tipo")
    await luz.tap("Cambios en los productos")
    await luz.tap("Ver cómo queda")
    await luz.tap("📣 ")
    assert "No hay ningún asociado así" in luz.screen
    assert "«Si 5 < 6 & 7 > 6, todo va bien»" in luz.screen


async def test_a_sample_is_what_members_get(luz, world, press):
    await compose(luz, "Su <i>crédito</i>", *TUNJA)
    await luz.tap("Botón")
    await luz.tap("Ver mis créditos")
    await luz.tap("Archivo")
    await luz.phone.upload("afiche.png", PNG, as_photo=True)
    await luz.tap("Ver cómo queda")
    await luz.tap("Enviarme una prueba")
    await world.deliver()
    (sample,) = luz.phone.photos
    await luz.tap("📣 ")
    await press.send()
    (received,) = world.member(103).phone.photos
    assert sample.content == received.content
    as_read = [photo.caption.rpartition("Ref.")[0] for photo in (sample, received)]
    assert as_read[0] == as_read[1] == "Su crédito\n\n"
    boards = [p.message["reply_markup"]["inline_keyboard"] for p in (sample, received)]
    assert [[b["text"] for row in board for b in row] for board in boards] == [
        ["💳 Ver mis créditos"]
    ] * 2
    await luz.phone.old_tap(sample.message, "💳 Ver mis créditos")
    assert "este botón le abre esa pantalla" in luz.phone.toasts[-1].text
    await luz.say("/salir")
    assert luz.phone.photos == []
