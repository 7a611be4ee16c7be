"""Employees write to many members: composing, another's word, how it goes, what did not arrive."""

from typing import Any

from sqlalchemy import delete, insert, select, update

from domain.notifications.outcomes import Reason
from domain.staff.people import Role
from storage.schema import (
    broadcast,
    broadcast_draft,
    credential,
    member,
    notification,
    notification_batch,
    pushed_file,
)
from tests.journeys.broadcasts import Press
from tests.statement_rows import add_member, add_product
from tests.storyboard.staff import clerk
from tests.storyboard.studio import Actor, Studio

FIRST = 70_001
MANY = 60
TOWNS = ("Duitama", "Paipa", "Sogamoso", "Tunja", "Villa de Leyva", "Chiquinquirá")
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x10\x00\x00\x00\x10\x08\x02\x00\x00\x00"


async def audience(studio: Studio) -> None:
    """Sixty members, and nobody else; some with a chat, more with an address."""
    async with studio.world.database.unit() as connection:
        others = member.c.id < FIRST
        await connection.execute(
            update(member).where(others).values(status="inactive", municipality=None)
        )
        for n in range(MANY):
            mail = f"a{n}@correo.example" if n % 3 else None
            town = TOWNS[n % len(TOWNS)]
            await add_member(connection, FIRST + n, email=mail, municipality=town)
        for n in range(15):
            bound = {"member_id": FIRST + n, "telegram_id": 90_000 + n}
            await connection.execute(insert(credential).values(bound))
        for n, days in enumerate((0, 12, 45, 75, 120)):
            late = {"days_past_due": days}
            await add_product(connection, FIRST + n, FIRST + n, "credit", **late)


async def broadcaster(studio: Studio, name: str = "Luz Prueba") -> Actor:
    return await clerk(studio, name, Role.BROADCASTER)


async def composing(studio: Studio) -> None:
    await audience(studio)
    luz = await broadcaster(studio)
    await luz.shot("a broadcaster's home")
    await luz.tap("Comunicados")
    await luz.shot("nothing was sent yet")
    await luz.tap("Escribir uno nuevo")
    await luz.shot("nothing is composed yet")
    await luz.tap("Ver cómo queda")
    await luz.shot("there is nothing to look at")
    await text(luz)
    await file(luz)
    await luz.tap("🏷️ Tipo")
    await luz.shot("what it is about")
    await luz.tap("Promociones")
    await luz.tap("🏷️ Tipo")
    await luz.tap("Alerta de fraude")
    await luz.tap("🔘 Botón")
    await luz.shot("what a button may open")
    await luz.tap("Ver mis créditos")
    await segments(luz)
    await luz.shot("all its parts")
    await luz.go("Volver", "Menú", "Comunicados")
    await luz.shot("the draft is still there")
    await luz.tap("Seguir con mi borrador")
    await looking(luz)


async def text(luz: Actor) -> None:
    await luz.tap("📝 Texto")
    await luz.shot("how the text is written")
    for typed, title in (
        ("<b></b>", "no text at all"),
        ('Mire <a href="https://otro.example">aquí</a>', "a link elsewhere"),
        ("muy largo " * 400, "too long"),
    ):
        await luz.say(typed)
        await luz.shot(title)
    await luz.say("Cuidado: <b>nadie</b> de la cooperativa le pide su PIN.")
    await luz.shot("the text is kept")


async def file(luz: Actor) -> None:
    await luz.tap("📎 Archivo")
    await luz.shot("what may go with it")
    for name, content, title in (
        ("lista.txt", b"hola", "neither a picture nor a PDF"),
        ("rota.png", b"\x89PNG\r\n\x1a\n", "a picture that is broken"),
        ("enorme.png", PNG + bytes(6 << 20), "too large"),
    ):
        await luz.phone.upload(name, content)
        await luz.shot(title)
    await luz.phone.upload("afiche.png", PNG)
    await luz.tap("📎 Archivo")
    await luz.shot("a picture goes with it")
    await luz.tap("Volver")


async def segments(luz: Actor) -> None:
    await luz.tap("🎯 Para quiénes")
    await luz.shot("nobody is chosen yet")
    await luz.tap("Por producto")
    await luz.go("Crédito", "CDAT", "Ahorro a la vista", "Ahorro permanente", "Ahorro programado")
    await luz.shot("some products")
    await luz.go("Volver", "Por mora", "de 31 a 60")
    await luz.shot("who is late")
    await luz.go("No importa", "Volver", "Por municipio")
    await luz.say("Cartagena")
    await luz.shot("nobody lives there")
    for town in TOWNS[:5]:
        await luz.say(town)
    await luz.shot("some towns")
    await luz.go("Volver", "Por última entrada", "hace 30 días")
    await luz.shot("who has been away")
    await luz.tap("Volver")
    await luz.shot("several conditions")
    for each in ("1 a 30", "61 a 90", "más de 90", "al día", "31 a 60"):
        await luz.go("Por mora", each, "Volver")
        await luz.shot(f"late: {each}")
    for each in ("últimos 30", "últimos 90", "hace 90", "hace 180"):
        await luz.go("Por última entrada", each, "Volver")
        await luz.shot(f"entry: {each}")
    await luz.go("Quitar las condiciones", "Todos los asociados")
    await luz.shot("everybody")
    await luz.tap("Volver")


async def looking(luz: Actor) -> None:
    await luz.tap("Ver cómo queda")
    await luz.shot("as members will see it")
    await luz.tap("Enviarme una prueba")
    await luz.world.deliver()
    await luz.shot("a sample has come")
    (sample,) = luz.phone.photos
    await luz.phone.old_tap(sample.message, "💳 Ver mis créditos")
    await luz.shot("a button of the sample")
    await luz.go(
        "Cambiar algo", "🏷️ Tipo", "Promociones", "Ver cómo queda", "No recibir promociones"
    )
    await luz.shot("the way out of the sample")
    await luz.go("Cambiar algo", "📝 Texto")
    await luz.say("Una palabra y otra. " * 60)
    await luz.shot("too long for a file")
    await luz.tap("📝 Texto")
    await luz.say("Cuidado con las llamadas falsas.")
    async with luz.world.database.unit() as connection:
        await connection.execute(delete(pushed_file))
    await luz.tap("Ver cómo queda")
    await luz.shot("its file is gone")
    await luz.go("📎 Archivo", "Quitar el archivo")
    await luz.go("🎯 Para quiénes", "Por producto", "CDAT", "Volver", "Volver", "Ver cómo queda")
    await luz.shot("nobody at all")
    await luz.tap("📣 Enviar ya a 0")
    await luz.shot("there is nobody like that")
    await luz.tap("Borrar el borrador")
    await luz.shot("the draft is gone")


async def launched(luz: Actor, *filters: str) -> None:
    """A broadcast to members of Paipa, or to all of them."""
    await luz.say("/menu")
    await luz.go("Comunicados", "✍️", "📝 Texto")
    await luz.say("La asamblea es el sábado a las 9 a. m.")
    await luz.go("🏷️ Tipo", "Cambios en los productos", "🎯 Para quiénes")
    await luz.go(*(filters or ("Todos los asociados",)), "Volver", "Ver cómo queda", "📣 ")


async def deciding(studio: Studio) -> None:
    luz, pedro = await broadcaster(studio), await broadcaster(studio, "Pedro Ensayo")
    await launched(luz)
    await luz.shot("many take another person")
    await luz.note("the author's own copy", "Su comunicado")
    await pedro.note("another's word is asked for", "Falta otra persona")
    await pedro.say("/menu")
    await pedro.shot("one waits")
    await launched(luz)
    await pedro.say("/menu")
    await pedro.shot("two wait")
    await luz.tap("Leerlo o retirarlo")
    await luz.shot("one's own, at a second look")
    await luz.phone.send_data(f"{luz.run}:bcd:confirm")
    await luz.shot("nobody confirms their own")
    await luz.go("Leerlo o retirarlo", "Retirarlo")
    await luz.shot("withdrawn")
    await launched(luz)
    await studio.world.deliver()
    await pedro.tap("Ver y decidir")
    await pedro.shot("opened by its note")
    await pedro.tap("Leerlo y decidir")
    await pedro.shot("another looks at it")
    await pedro.tap("No aprobar")
    await pedro.shot("refused")
    await luz.note("the note says so", "no lo aprobó")
    await launched(luz)
    await luz.tap("Leerlo o retirarlo")
    await studio.world.deliver()
    await pedro.go("Ver y decidir", "Leerlo y decidir", "Confirmar y enviar")
    await pedro.shot("confirmed")
    await luz.phone.tap("↩️ Retirarlo")
    await luz.shot("too late to withdraw")
    studio.world.clock.forward(days=4)
    await Press(studio.world).look()
    await studio.at_work(pedro)
    await pedro.go("Menú", "Comunicados")
    await pedro.shot("several, and what became of them")


async def settle(studio: Studio, *outcomes: tuple[str, int, dict[str, Any]]) -> None:
    """Have that many of the newest broadcast come to that, now."""
    now = studio.world.clock.now()
    async with studio.world.database.unit() as connection:
        newest = select(notification_batch.c.id).order_by(notification_batch.c.id.desc()).limit(1)
        batch_id = await connection.scalar(newest)
        mine = select(notification.c.id).where(
            notification.c.batch_id == batch_id, notification.c.state == "queued"
        )
        for state, count, more in outcomes:
            some = mine.order_by(notification.c.id).limit(count)
            done = update(notification).where(notification.c.id.in_(some))
            await connection.execute(done.values(state=state, settled_at=now, **more))


async def started(studio: Studio) -> tuple[Actor, Actor]:
    """A broadcast to sixty, confirmed by another."""
    luz, pedro = await broadcaster(studio), await broadcaster(studio, "Pedro Ensayo")
    await launched(luz)
    await studio.world.deliver()
    await pedro.go("Ver y decidir", "Leerlo y decidir", "Confirmar y enviar")
    await Press(studio.world).expand()
    await studio.world.deliver()
    return luz, pedro


async def watching(studio: Studio) -> None:
    await clear(studio)
    luz, _ = await started(studio)
    press, clock = Press(studio.world), studio.world.clock
    await press.look()
    await luz.note("it waits for the opening", "Por ley, lo que falta")
    clock.forward(days=1)
    await studio.at_work(luz)
    await settle(studio, ("sent", 1, {"channel": "telegram"}))
    await press.look()
    await luz.note("it has just begun", "Calculando")
    await settle(studio, ("sent", 3, {"channel": "telegram"}))
    await press.look(30)
    await luz.note("some minutes", "Faltan más o menos")
    await luz.tap("Pausar")
    await luz.note("paused from the note", "En pausa")
    await luz.tap("Reanudar")
    await luz.go("Menú", "Comunicados", "1. ")
    await luz.shot("one that is being sent")
    await settle(studio, ("sent", 15, {"channel": "mail"}))
    await press.look(30)
    await luz.note("about a minute", "más o menos 1 minuto")
    await luz.tap("Pausar")
    await luz.shot("paused on its screen")
    await luz.phone.tap("▶️ Reanudar")
    await luz.shot("going on")
    await settle(studio, ("sent", 20, {"channel": "telegram"}))
    await press.look(10)
    await luz.note("almost done", "menos de un minuto")
    await luz.tap("Actualizar")
    await ending(studio, luz, press)


async def ending(studio: Studio, luz: Actor, press: Press) -> None:
    dead = [("dead", 1, {"reason": why.value}) for why in Reason if why not in SKIPPED]
    await settle(
        studio,
        *dead,
        ("unknown", 1, {"reason": "in_doubt", "channel": "telegram"}),
        ("skipped", 60, {"reason": "opted_out"}),
    )
    await press.tidy()
    await press.look()
    await luz.note("it is done", "Terminó")
    await luz.go("Ver el resultado", "Lista por asociado")
    await luz.shot("the table is on its way")
    await studio.world.deliver()
    await luz.tap("Ver la gráfica")
    await studio.world.deliver()
    await luz.shot("the picture has come")
    await luz.go("Volver", "Avisos sin entregar")
    await luz.shot("what could not be delivered")
    await luz.tap("Siguientes")
    await luz.shot("and some more")
    await luz.tap("Reintentar 1")
    await luz.shot("one is tried again")
    await luz.phone.send_data(f"{luz.run}:bca:99999")
    await luz.shot("nothing to try again")
    await luz.tap("Reintentar todos")
    await luz.shot("all were tried again")


async def cancelling(studio: Studio) -> None:
    await clear(studio)
    luz, pedro = await started(studio)
    await luz.tap("Cancelar")
    await luz.shot("cancelled only after a question")
    await pedro.tap("Cancelar")
    await pedro.tap("Sí, cancelar")
    await pedro.shot("cancelled")
    await luz.tap("Sí, cancelar")
    await luz.shot("somebody was faster")
    await Press(studio.world).look()
    await luz.note("the note says so too", "Se canceló")
    await launched(luz, "Por municipio", "Paipa", "Volver")
    await luz.shot("a few take nobody else")
    await clear(studio)
    async with studio.world.database.unit() as connection:
        others = member.c.id < FIRST
        await connection.execute(update(member).where(others).values(status="active"))


async def clear(studio: Studio) -> None:
    """The desk is empty: nothing waits, nothing failed."""
    async with studio.world.database.unit() as connection:
        for table in (broadcast, broadcast_draft, notification, notification_batch):
            await connection.execute(delete(table))


SKIPPED = (Reason.OPTED_OUT, Reason.EXPIRED, Reason.IN_DOUBT)
SCENES = (composing, deciding, watching, cancelling)
