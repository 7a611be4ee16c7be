"""Employees: the queue of requests, and what is pressed twice or too late."""

import json

from sqlalchemy import delete, insert, update

from storage.profile.office import upkeep
from storage.schema import (
    profile_draft,
    profile_request,
    profile_section,
    profile_value,
)
from tests.storyboard.actors import Actor
from tests.storyboard.profile_form import (
    open_form,
    open_section,
)
from tests.storyboard.studio import SECRETS, Studio


async def simple_request(studio: Studio) -> Actor:
    """A member whose beneficiary waits for a decision, in front of the filing number."""
    maria = await open_form(studio)
    await open_section(maria, "beneficiaries")
    await maria.shot("no beneficiaries")
    await maria.tap("Agregar")
    await maria.say("Ana Peña")
    await maria.go("Hijo(a)", "Cédula de ciudadanía")
    await maria.say("40123456")
    await maria.say("101")
    await maria.shot("a share above the whole")
    await maria.say("50")
    await maria.tap("Saltar")
    await maria.tap("Revisar y enviar")
    await maria.shot("shares that are no whole")
    await maria.go("✏️ Porcentaje", "1. Ana", "Porcentaje")
    await maria.say("100")
    await maria.go("Revisar y enviar", "Seguir", "⬜ Son datos", "⬜ Tengo", "Enviar mi solicitud")
    await maria.world.post()
    await maria.say(maria.right_code())
    return maria


async def look_after(studio: Studio) -> None:
    async with studio.world.database.unit() as connection:
        await upkeep(connection, SECRETS).round(studio.world.clock.now())
    await studio.world.deliver()


async def queue(studio: Studio) -> None:
    luis = await studio.employee("Luis Rojas")
    await studio.employee("Marta Ruiz", role="admin")
    await simple_request(studio)
    await studio.world.deliver()
    await luis.go("Abrir la solicitud", "Dejarla libre")
    await luis.shot("the queue")
    await luis.go("Ver las últimas semanas")
    await luis.shot("the weekly picture is on its way")
    await luis.world.deliver()
    await luis.shot("the weekly picture has come")
    for hours in (1, 1, 22, 24):
        studio.world.clock.forward(hours=hours)
        await studio.at_work(luis)
        await to_queue(luis)
        await luis.shot(f"the queue {hours} hours later")
    await look_after(studio)
    await luis.shot("a day without a decision", "(nota)")


async def lists(studio: Studio) -> None:
    """Entries that go, change places, repeat, or are not whole."""
    luis = await studio.employee("Luis Rojas")
    maria = await simple_request(studio)
    await studio.world.deliver()
    await luis.go("Abrir la solicitud", "No aprobar", "Datos incompletos")
    await maria.go("Mis solicitudes")
    await maria.shot("a list with one that is over")
    await maria.go("Ver ACT")
    await maria.shot("data that was not whole")
    await maria.go("Volver")
    await maria.go("Volver")
    await open_section(maria, "dependants")
    await maria.go("Agregar")
    await maria.say("Lucía Peña")
    await maria.go("Volver", "Volver", "Volver")
    await maria.shot("one part with changes")
    await open_section(maria, "dependants")
    await maria.shot("an entry that is not whole")
    await maria.go("1. ", "Tipo de documento", "Registro civil")
    await maria.shot("what is still missing is asked")
    await maria.go("Volver", "1. ", "Documento")
    await maria.say("12")
    await maria.shot("no such document")
    await maria.go("Volver", "1. ", "Quitar")
    await maria.shot("an entry was taken out")
    await maria.go("Volver")
    await twice(maria)


async def twice(maria: Actor) -> None:
    await open_section(maria, "references")
    for name in ("Rosa Díaz", "Rosa Díaz"):
        await maria.go("Agregar", "Personal")
        await maria.say(name)
        await maria.go("Amigo(a)")
        await maria.say("310 555 1234")
        await maria.say("tunja")
    await maria.go("Revisar y enviar")
    await maria.shot("somebody is there twice")
    await maria.go("Volver")
    await open_section(maria, "additional")
    await maria.go("Cargo público", "Sí")
    await maria.say("Concejal de Tunja")
    await maria.say("1/1/2025")
    await maria.go("Cargo hasta")
    await maria.say("1/1/2024")
    await maria.go("Revisar y enviar")
    await maria.shot("days in the wrong order")
    async with maria.world.database.unit() as connection:
        await connection.execute(delete(profile_draft))
    await after_approval(maria)


async def after_approval(maria: Actor) -> None:
    """What is on file is taken out, or only changes places."""
    people = [
        {"name": n, "kin": "child", "document_type": "CC", "document": d, "share": "5000"}
        for n, d in (("Ana Peña", "40123456"), ("Luis Peña", "40123457"))
    ]
    value = {"member_id": maria.member_id, "field": "beneficiaries", "source": "ACT"}
    now = maria.world.clock.now()
    draft = {"entries": {"beneficiaries": people[::-1]}, "same": [], "proven": {}}
    kept = {"member_id": maria.member_id, "content": json.dumps(draft), "started_at": now}
    async with maria.world.database.unit() as connection:
        given = value | {"value": json.dumps(people), "since": now}
        await connection.execute(insert(profile_value).values(given))
        await connection.execute(insert(profile_draft).values(kept | {"expires_at": now}))
    await maria.go("Menú", "Mis datos", "Revisar y enviar")
    await maria.shot("only the order is another")
    await maria.go("Volver")
    await open_section(maria, "beneficiaries")
    await maria.go("1. ", "Quitar", "1. ", "Porcentaje")
    await maria.say("100")
    await maria.go("Revisar y enviar")
    await maria.shot("an entry goes, another changes")
    async with maria.world.database.unit() as connection:
        await connection.execute(delete(profile_draft))
    await maria.go("Seguir")
    await maria.shot("nothing left to file")


async def empty_queue(studio: Studio) -> None:
    async with studio.world.database.unit() as connection:
        closed = {"state": "withdrawn", "decided_by": None}
        pending = profile_section.c.state == "pending"
        await connection.execute(update(profile_section).where(pending).values(closed))
        await connection.execute(update(profile_request).values(closed_at=studio.world.clock.now()))
    luis = await studio.employee("Luis Rojas")
    await to_queue(luis)
    await luis.shot("nothing to verify")


async def to_queue(luis: Actor) -> None:
    """By the note of a request that is not there."""
    await luis.phone.send_data("-:vfn:99999")
    await luis.go("Volver")
