"""Employees write to many members: composing, another's word, how it goes, what did not arrive."""

from typing import Any

from sqlalchemy import delete, select, update

from domain.notifications.outcomes import Reason
from storage.schema import (
    broadcast,
    broadcast_draft,
    member,
    notification,
    notification_batch,
)
from tests.journeys.broadcasts import Press
from tests.storyboard.actors import Actor
from tests.storyboard.broadcast_writing import FIRST, broadcaster, composing
from tests.storyboard.studio import Studio


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
