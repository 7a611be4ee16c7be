"""Employees: tickets, changes of contact by two people, and what they are told of attacks."""

from datetime import timedelta
from typing import Any

from sqlalchemy import insert, update

from bot.chores import Herald
from domain.alarms import AlarmKind
from domain.money import Centavos, Percent
from domain.staff.people import Role
from storage.alarms import AlarmRepository
from storage.schema import contact_change, lead, profile_request, ticket
from tests.journeys.member import PIN
from tests.storyboard.actors import Actor
from tests.storyboard.staff import clean_desk, clerk
from tests.storyboard.staff_changes import asked, asking, fates, rounds
from tests.storyboard.studio import Studio


async def filed(studio: Studio, whose: Actor | None, chat: Actor, **columns: Any) -> int:
    """A ticket of that kind; its number."""
    row = {
        "kind": "help",
        "state": "open",
        "member_id": whose.member_id if whose else None,
        "document_key": "key",
        "document_masked": "CC •••••123",
        "name": "María Tiza",
        "chat_id": chat.phone.id,
        "text": "No me llegan los códigos",
        "created_at": studio.world.clock.now(),
    }
    async with studio.world.database.unit() as connection:
        added = insert(ticket).values(row | columns).returning(ticket.c.id)
        return int((await connection.execute(added)).scalar_one())


async def queue(studio: Studio) -> None:
    await clean_desk(studio)
    elena, now = await clerk(studio, "Elena Prueba"), studio.world.clock.now()
    await elena.tap("🎫 Solicitudes")
    await elena.shot("no ticket waits")
    maria = await studio.member(PIN)
    ages = (("robbery", 3 * 1440), ("robbery_unproven", 1440), ("change", 180), ("help", 60))
    for kind, minutes in ages:
        at = now - timedelta(minutes=minutes)
        await filed(studio, maria, maria, kind=kind, created_at=at)
    for minutes in (30, 1):
        await filed(studio, None, maria, created_at=now - timedelta(minutes=minutes))
    await elena.say("/menu")
    await elena.shot("tickets wait")
    await elena.tap("🎫 Solicitudes")
    await elena.shot("the queue")
    await elena.say("hola")
    await elena.shot("that is no number of a ticket")
    await elena.say("99999")
    await elena.shot("there is no such ticket")


async def one_ticket(studio: Studio) -> None:
    await clean_desk(studio)
    elena, pedro = await clerk(studio, "Elena Prueba"), await clerk(studio, "Pedro Ensayo")
    maria = await studio.member(PIN, {"bound": True}, surnames="Tiza Sola")
    await maria.say("/start")
    number = await filed(studio, maria, maria)
    await elena.say("/menu")
    await elena.shot("one ticket waits")
    await rounds(studio)
    await elena.note("a new ticket", "Solicitud nueva")
    await pedro.note("the same, to a colleague", "Solicitud nueva")
    await elena.tap("✋ Atender")
    await elena.shot("claimed from the note")
    await pedro.note("the colleague's copy", "Atendida por")
    await elena.tap("Cerrar")
    await elena.shot("not answered yet")
    await elena.say("x" * 601)
    await elena.shot("too long an answer")
    await elena.say("Ya puede intentar otra vez.")
    await elena.shot("answered")
    await maria.note("the answer, in the chat", "Respuesta a su solicitud")
    await maria.mail("the answer, by e-mail", "Le respondimos")
    await elena.tap("Ver al asociado")
    await elena.shot("the member behind a ticket")
    await elena.tap("Volver")
    await elena.tap("Cerrar")
    await elena.shot("closed")
    await maria.note("closed, in the chat", "Cerramos su solicitud")
    await pedro.note("closed, to the colleague", "La cerró")
    await beaten(studio, pedro, number)


async def beaten(studio: Studio, pedro: Actor, number: int) -> None:
    stranger = await studio.stranger()
    await stranger.say("/start")
    other = await filed(studio, None, stranger, name="", text="")
    await pedro.say("/menu")
    await pedro.go("🎫 Solicitudes", "1. ")
    await pedro.shot("of nobody, from a strange chat, without words")
    await hold(studio, other, (await clerk(studio, "Luz Tiza")).phone.id)
    await pedro.tap("✋ Atender")
    await pedro.shot("somebody else was faster")
    await hold(studio, other, pedro.phone.id)
    await pedro.go("Volver", "1. ", "Responder")
    await pedro.shot("an answer to a strange chat")
    await pedro.tap("Volver")
    await pedro.tap("Devolver a la cola")
    await pedro.shot("given back")
    await pedro.tap("✋ Atender")
    await pedro.shot("claimed")
    studio.world.clock.forward(hours=5)
    await rounds(studio)
    await pedro.note("it waits for too long", "Sigue en espera")
    await studio.at_work(pedro)
    await pedro.say("/menu")
    await pedro.go("🎫 Solicitudes", "1. ")
    await pedro.shot("what happened to it")
    await pedro.say("/salir")
    await pedro.tap("✋ Atender")
    await pedro.shot("the note's button, from outside")


async def stolen(studio: Studio) -> None:
    """A ticket from a telephone that a thief may hold by now."""
    await clean_desk(studio)
    elena = await clerk(studio, "Elena Prueba")
    maria = await studio.member(PIN, {"bound": True}, surnames="Tiza Robada")
    await maria.say("/start")
    await maria.tap("Me robaron: bloquear ya")
    await rounds(studio)
    await elena.tap("✋ Atender")
    await elena.shot("the member's telephone was stolen")
    await elena.tap("Responder")
    await elena.shot("an answer to a stolen telephone")


async def much_to_do(studio: Studio) -> None:
    """One of each waits, then two of each."""
    await clean_desk(studio)
    luz, maria = await clerk(studio, "Luz Tiza", Role.ADMIN), await studio.member(PIN)
    for place in (1, 2):
        await waits(studio, luz, place)
        await filed(studio, maria, maria)
        await waiting_change(studio, luz, await studio.member(PIN))
        await luz.say("/menu")
        await luz.shot(f"of each kind there waits: {place}")


async def waits(studio: Studio, luz: Actor, place: int) -> None:
    """A request to update data and a simulation."""
    now, who = studio.world.clock.now(), (await studio.member(PIN)).member_id
    asked = {"number": f"A-{place}", "member_id": who, "chat_id": luz.phone.id, "filed_at": now}
    wish = {"state": "open", "chat_id": luz.phone.id, "member_id": who, "created_at": now}
    money = {"amount": Centavos(1), "figure": Centavos(1), "rate": Percent(1)}
    what = {"product": "cdat", "line": "CDAT", "term": 90, "period": "month", "rate_kind": "ea"}
    async with studio.world.database.unit() as connection:
        await connection.execute(insert(profile_request).values(asked | {"declarations": "{}"}))
        day = {"simulated_on": now.date()}
        await connection.execute(insert(lead).values(wish | money | what | day))


async def waiting_change(studio: Studio, luz: Actor, whose: Actor) -> None:
    asked = {"field": "email", "new_value": "nueva@correo.example", "reason": "Lo pidió"}
    by = {"requested_by": luz.phone.id, "requested_from": luz.phone.id}
    at = {"requested_at": studio.world.clock.now(), "member_id": whose.member_id}
    async with studio.world.database.unit() as connection:
        await connection.execute(insert(contact_change).values(asked | by | at))


async def hold(studio: Studio, number: int, staff_id: int) -> None:
    """Somebody claims it."""
    values = {"state": "claimed", "claimed_by": staff_id}
    values["claimed_at"] = studio.world.clock.now()
    async with studio.world.database.unit() as connection:
        await connection.execute(update(ticket).where(ticket.c.id == number).values(values))


async def alarms(studio: Studio) -> None:
    elena, maria = await clerk(studio, "Elena Prueba"), await studio.member(PIN)
    told: tuple[tuple[AlarmKind, dict[str, int | None], str], ...] = (
        (AlarmKind.SPRAYING, {}, "Están probando documentos"),
        (AlarmKind.LOCKED, {"member": maria.member_id}, "Agotaron los intentos"),
        (AlarmKind.LOCKED, {"member": None}, "no es de ningún asociado"),
    )
    for kind, params, words in told:
        studio.world.clock.forward(minutes=11)
        async with studio.world.database.unit() as connection:
            now = studio.world.clock.now()
            await AlarmRepository(connection).raise_alarm(kind, params, now)
        await Herald(studio.world.database, studio.world.clock).announce()
        await elena.note(f"an alarm: {kind.value}", words)


async def first_mobile(studio: Studio) -> None:
    """A member without a mobile; and the colleague at the telephone that it was asked from."""
    await clean_desk(studio)
    elena, pedro = await clerk(studio, "Elena Prueba"), await clerk(studio, "Pedro Ensayo")
    maria = await studio.member(PIN, surnames="Tiza Siete", mobile=None)
    await elena.say(maria.document)
    await elena.go("1. ", "Cambiar correo o celular", "El celular")
    await elena.say("310 123 4567")
    await elena.tap("carta firmada")
    await pedro.world.deliver()
    await pedro.tap("👀 Revisar")
    await pedro.shot("there was none before")
    mine = contact_change.c.member_id == maria.member_id
    async with studio.world.database.unit() as connection:
        same = update(contact_change).where(mine).values(requested_from=pedro.phone.id)
        await connection.execute(same)
    await pedro.tap("✅ Confirmar")
    await pedro.shot("asked for from the same telephone")


async def too_late(studio: Studio) -> None:
    """The member's button, when the change serves already."""
    await clean_desk(studio)
    elena, pedro = await clerk(studio, "Elena Prueba"), await clerk(studio, "Pedro Ensayo")
    maria = await asked(studio, elena, pedro, "Seis")
    await pedro.tap("✅ Confirmar")
    await pedro.world.deliver()
    await pedro.tap("Detener el cambio")
    await maria.tap("Yo no lo pedí")
    await maria.shot("there is nothing left to stop")


SCENES = (*(queue, one_ticket, stolen, much_to_do, asking, fates, first_mobile, too_late, alarms),)
