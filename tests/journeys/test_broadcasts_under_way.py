"""Broadcasts that are halted, refused at the press, or did not arrive."""

import csv
from io import StringIO

from sqlalchemy import insert, update

from storage.schema import credential, notification, staff
from tests.journeys.broadcasts import (
    ROSA,
    TUNJA,
    broadcaster,
    launch,
)
from tests.journeys.employee import revoke
from tests.journeys.test_broadcasts import cooperative, luz, note, pedro, press

__all__ = ["cooperative", "luz", "pedro", "press"]


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
