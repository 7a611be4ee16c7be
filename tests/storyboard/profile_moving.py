"""A request from the first answer to the decision."""

from dataclasses import replace

from sqlalchemy import insert, update

from storage.schema import (
    contact_change,
)
from tests.storyboard.actors import Actor
from tests.storyboard.profile_form import open_form, open_section
from tests.storyboard.studio import Studio


async def moving(studio: Studio) -> None:
    """A request from the first answer to the decision."""
    luis = await studio.employee("Luis Rojas")
    maria = await open_form(studio)
    await open_section(maria, "personal")
    await maria.tap("Dirección")
    await maria.say("Carrera 9 # 1-2, apto 301")
    await maria.shot("an answer was noted")
    await prove(maria)
    await maria.go("Revisar y enviar")
    await maria.shot("before and after")
    await maria.go("Seguir")
    await maria.shot("declarations")
    await maria.go("Enviar mi solicitud")
    await maria.shot("not all declared")
    await maria.go("⬜ Son datos", "Enviar mi solicitud")
    await maria.shot("once more: is it her?")
    await maria.go("Enviar otro código")
    await maria.shot("another code was sent")
    await maria.mail("the code for what follows", "código de comprobación")
    await maria.say(maria.right_code())
    await maria.shot("filed")
    await maria.world.deliver()
    await luis.shot("a request for the verifiers", "(nota)")
    await maria.go("Menú", "Mis datos", "Mis solicitudes")
    await maria.shot("the requests")
    await maria.go("Ver ACT")
    await maria.shot("one request")
    await verify(maria, luis)


async def prove(maria: Actor) -> None:
    await maria.tap("Celular")
    await maria.say("300 111 2233")
    await maria.shot("a new mobile is proven")
    await maria.say("aquí está")
    await maria.shot("typed instead of shared")
    await maria.phone.share_contact({"phone_number": "1", "first_name": "X", "user_id": 5})
    await maria.shot("somebody else's number")
    own = {"first_name": "X", "user_id": maria.phone.id}
    await maria.phone.share_contact(own | {"phone_number": "576087400000"})
    await maria.shot("a number that is no mobile")
    await maria.phone.share_contact(own | {"phone_number": "573001112233"})
    await maria.shot("the mobile is proven")
    await maria.tap("Correo")
    new = f"nueva{maria.member_id}@correo.example"
    await maria.say(new)
    await maria.shot("a new address is proven")
    await maria.world.post()
    await maria.say("12")
    await maria.shot("not a code")
    await maria.go("Enviar otro código")
    await maria.shot("another code")
    await maria.world.post()
    for _ in range(3):
        await maria.say("000000")
        await maria.shot("a wrong code")
    await maria.go("Volver", "Revisar y enviar")
    await maria.shot("an address not proven yet")
    await maria.go("✏️ Correo")
    renamed = replace(maria, email=new)
    await renamed.mail("the code to a new address", "correo nuevo")
    await maria.say(renamed.right_code())
    await maria.shot("the address is proven")


async def verify(maria: Actor, luis: Actor) -> None:
    await luis.go("Abrir la solicitud")
    await luis.shot("the request, opened by its note")
    await luis.go("Preguntar")
    await luis.shot("a question")
    await luis.say("¿El apartamento es propio?")
    await luis.shot("asked")
    await luis.go("Preguntar")
    await luis.say("¿Y el barrio?")
    await luis.shot("one question at a time")
    await maria.world.deliver()
    await maria.shot("a question for the member", "(nota)")
    await maria.go("Menú", "Mis datos", "Mis solicitudes")
    await maria.shot("a request with a question, in the list")
    await maria.go("Ver ACT")
    await maria.shot("the question in the request")
    await maria.go("Contestar")
    await maria.shot("answering")
    await maria.say("x" * 301)
    await maria.shot("too long an answer")
    await maria.say("Sí, es propio")
    await maria.shot("answered")
    await maria.world.deliver()
    await maria.note("the question was answered", "pregunta de la solicitud")
    await luis.shot("an answer for the verifier", "(nota)")
    await luis.go("No aprobar")
    await luis.shot("why not")
    await another_change(maria, luis)
    await _decided(maria, luis)


async def _decided(maria: Actor, luis: Actor) -> None:
    await luis.go("Volver", "Aprobar")
    await luis.shot("decided")
    await maria.world.deliver()
    await luis.shot("the same note, decided", "(nota)")
    await maria.shot("the member is told", "(nota)")
    await maria.note("the new address serves in a day", "Van a cambiar su correo")
    await maria.mail("the member is told by e-mail", "Ya se revisó")
    await maria.go("Ver mi solicitud")
    await maria.shot("a request that is over")
    await luis.go("Menú", "Cambios de correo")
    await luis.shot("the member's own change, held")
    await luis.tap("1. ")
    await luis.shot("the member's own change")


async def another_change(maria: Actor, luis: Actor) -> None:
    """Employees are changing the address as well."""
    now, mine = maria.world.clock.now(), contact_change.c.member_id == maria.member_id
    row = {"member_id": maria.member_id, "field": "email", "new_value": "x@correo.example"}
    row |= {"reason": "carta", "requested_by": luis.phone.id, "requested_from": luis.phone.id}
    async with maria.world.database.unit() as connection:
        await connection.execute(insert(contact_change).values(row | {"requested_at": now}))
    await luis.go("Volver", "Aprobar")
    await luis.shot("another change of the address is under way")
    async with maria.world.database.unit() as connection:
        ended = update(contact_change).where(mine)
        await connection.execute(ended.values(outcome="refused", closed_at=now))
    await luis.tap("No aprobar")
