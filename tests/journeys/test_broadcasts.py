"""Whole broadcasts, by employees at their phones: written, confirmed, watched and halted."""

import csv
from io import StringIO

import pytest
from sqlalchemy import insert, update

from domain.staff.people import Role
from storage.schema import credential, notification, staff
from tests.journeys.broadcasts import (
    LUZ,
    PEDRO,
    ROSA,
    TUNJA,
    Press,
    alone,
    broadcaster,
    compose,
    launch,
)
from tests.journeys.employee import revoke
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


async def test_pause_resume_and_cancel_act_at_once(luz, pedro, world, press):
    await launch(luz, "Hola a todos")
    await world.deliver()
    await pedro.tap("Ver y decidir")
    await pedro.tap("Leerlo y decidir")
    await pedro.tap("Confirmar y enviar")
    await world.deliver()
    await press.expand()
    await luz.tap("Pausar")
    assert luz.phone.toasts[-1].text == "⏸️ En pausa."
    await press.send()
    assert set(await press.states()) == {"queued"}
    await world.deliver()
    assert "En pausa: van 0 de 5" in note(pedro, "En pausa")
    await luz.tap("Reanudar")
    async with press.sender() as sender:
        await sender.run_once()
        await sender.finish()
    sent = (await press.states()).count("sent")
    assert sent
    await world.deliver()
    await luz.tap("Cancelar")
    assert "¿Cancelar «Hola a todos»?" in luz.screen
    await luz.tap("Sí, cancelar lo que falta")
    assert "lo que faltaba ya no se envía" in luz.screen


async def test_cancelled_before_anything_nobody_gets_anything(luz, pedro, world, press):
    await launch(luz, "Hola a todos")
    await world.deliver()
    await pedro.tap("Ver y decidir")
    await pedro.tap("Leerlo y decidir")
    await pedro.tap("Confirmar y enviar")
    await world.deliver()
    await pedro.tap("Cancelar")
    await pedro.tap("Volver")
    await pedro.tap("✖️ Cancelar")
    await pedro.tap("Sí, cancelar")
    await press.send()
    await press.look()
    assert await press.states() == []
    assert "Se canceló. Enviados: 0 de 5" in note(luz, "Se canceló")
    assert "Hola a todos" not in world.member(101).screen


async def test_who_has_no_say_any_more_is_refused_at_the_press(luz, pedro, world, press):
    rosa = await broadcaster(world, ROSA, "Rosa Prueba")
    await launch(luz, "Hola a todos")
    await world.deliver()
    async with world.database.unit() as connection:
        his = update(staff).where(staff.c.name == "Pedro Prueba")
        await connection.execute(his.values(role="support"))
    await pedro.tap("Ver y decidir")
    assert pedro.phone.toasts[-1].text
    assert "Confirmar y enviar" not in str(pedro.labels)
    await rosa.tap("Ver y decidir")
    await rosa.tap("Leerlo y decidir")
    await revoke(world, "Rosa Prueba")
    await rosa.tap("Confirmar y enviar")
    assert await press.audited() == ["broadcast_asked"]
    await luz.say("/menu")
    await luz.tap("Comunicados")
    await luz.tap("1. ")
    await luz.tap("Leerlo o retirarlo")
    assert not [label for label in luz.labels if "Confirmar" in label]
    await luz.tap("Retirarlo")
    assert "No se envía" in luz.screen


async def test_who_is_outside_enters_first(luz, pedro, world, press):
    await launch(luz, "Hola a todos")
    await world.deliver()
    await pedro.say("/salir")
    await pedro.tap("Ver y decidir")
    assert "Primero entre con su código" in pedro.screen
    await pedro.say(pedro.next_code)
    await pedro.tap("Ver y decidir")
    await pedro.tap("Leerlo y decidir")
    await pedro.tap("Confirmar y enviar")
    assert "empieza a enviarse" in pedro.screen


async def test_the_table_and_the_picture(luz, world, press):
    await launch(luz, "=1+1", *TUNJA)
    await press.send()
    await luz.tap("Actualizar")
    await luz.tap("Lista por asociado")
    await luz.tap("Ver la gráfica")
    await world.deliver()
    (table,) = luz.phone.documents
    rows = list(csv.reader(StringIO(table.content.decode("utf-8-sig")), delimiter=";"))
    assert rows[0] == ["Número de asociado", "Estado", "Motivo", "Medio", "Cuándo"]
    assert [row[:4] for row in rows[1:]] == [
        ["A00003", "Enviado", "", "Chat"],
        ["A00004", "Sin entregar", "Sin chat ni correo", ""],
        ["A00005", "Sin entregar", "Sin chat ni correo", ""],
    ]
    assert rows[1][4].startswith("04/11/2026 10:")
    (picture,) = luz.phone.photos
    assert picture.content.startswith(b"\x89PNG")


async def test_what_could_not_be_delivered_is_tried_again(luz, world, press):
    await luz.tap("Comunicados")
    await luz.tap("Avisos sin entregar")
    assert "todo se pudo entregar" in luz.screen
    await luz.say("/menu")
    await test_the_table_and_the_picture(luz, world, press)
    await luz.say("/menu")
    await luz.tap("Comunicados")
    await luz.tap("Avisos sin entregar")
    assert "De los últimos 30 días: 2" in luz.screen
    assert "A00005" in luz.screen
    async with world.database.unit() as connection:
        bound = {"member_id": 5, "telegram_id": 105}
        await connection.execute(insert(credential).values(bound))
    await world.member(105).say("/start")
    await luz.tap("Reintentar 1")
    assert "Otra vez en la cola: 1" in luz.screen
    await press.send()
    assert "=1+1" in world.member(105).screen
    async with world.database.unit() as connection:
        gone = update(notification).where(notification.c.state == "dead")
        await connection.execute(gone.values(category="code"))
    await luz.tap("Reintentar todos")
    assert "Ya no se puede reintentar" in luz.screen
    assert await press.audited() == ["broadcast_sent", "requeue"]
