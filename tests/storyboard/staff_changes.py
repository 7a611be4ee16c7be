"""Employees: an address changed by two people, and what becomes of it."""

from dataclasses import replace

from sqlalchemy import update

from bot.secretary import Secretary
from storage.schema import member
from tests.journeys.member import PIN
from tests.storyboard.actors import Actor
from tests.storyboard.staff import clean_desk, clerk, open_file
from tests.storyboard.studio import SECRETS, Studio

NOTE = "pedido por Elena Prueba"


async def rounds(studio: Studio) -> None:
    """What the office does by itself for employees."""
    world = studio.world
    await Secretary(world.database, SECRETS, world.cooperative.policies, world.clock).look_round()
    await world.deliver()


async def asking(studio: Studio) -> None:
    await clean_desk(studio)
    elena, pedro = await clerk(studio, "Elena Prueba"), await clerk(studio, "Pedro Ensayo")
    maria = await studio.member(PIN, {"bound": True}, surnames="Tiza Nueva")
    await maria.say("/start")
    await elena.go("Cambios de correo")
    await elena.shot("no change is under way")
    await open_file(elena, maria, "before a change")
    await elena.tap("Cambiar correo o celular")
    await elena.shot("which of the two")
    await elena.tap("El celular")
    await elena.shot("the new mobile")
    await elena.say("123")
    await elena.shot("that is no mobile")
    await elena.go("Volver", "El correo")
    await elena.shot("the new address")
    await elena.say("maria arroba")
    await elena.shot("that is no address")
    await elena.say(maria.email)
    await elena.shot("the address there is")
    await elena.say("nueva@correo.example")
    await elena.shot("why it is changed")
    await elena.tap("carta firmada")
    await elena.shot("asked for")
    await elena.go("Cambiar correo o celular", "El correo")
    await elena.say("otra@correo.example")
    await elena.tap("por teléfono")
    await elena.shot("another one is under way")
    await deciding(studio, elena, pedro, maria)


async def deciding(studio: Studio, elena: Actor, pedro: Actor, maria: Actor) -> None:
    await pedro.note("a change waits for another person", "Falta otra persona")
    await elena.say("/menu")
    await elena.shot("a change waits")
    await elena.go("Cambios de correo")
    await elena.shot("the changes under way")
    await elena.tap("1. ")
    await elena.shot("one's own request")
    await pedro.tap("👀 Revisar")
    await pedro.shot("a colleague's request")
    await pedro.tap("✅ Confirmar")
    await pedro.shot("confirmed")
    await maria.mail("the address of today is warned", "Van a cambiar")
    await maria.note("and so is the member's chat", "Van a cambiar su correo")
    await maria.tap("Yo no lo pedí")
    await maria.shot("the member stopped it")
    await pedro.note("the colleagues hear of it", "Lo detuvo el asociado")
    await maria.note("and the note says so", "Detuvimos el cambio")


async def fates(studio: Studio) -> None:
    """What becomes of a change, told to the colleagues and to the member."""
    await clean_desk(studio)
    elena, pedro = await clerk(studio, "Elena Prueba"), await clerk(studio, "Pedro Ensayo")
    await refused(studio, elena, pedro)
    await stopped(studio, elena, pedro)
    await lapsed(studio, elena, pedro)
    await served(studio, elena, pedro)
    await overtaken(studio, elena, pedro)


async def asked(studio: Studio, elena: Actor, pedro: Actor, surname: str) -> Actor:
    """A change of a member's address, asked for by one and opened by the other."""
    maria = await studio.member(PIN, {"bound": True}, surnames=f"Tiza {surname}")
    await maria.say("/start")
    studio.world.clock.forward(seconds=1)
    for employee in (elena, pedro):
        await studio.at_work(employee)
        await employee.say("/menu")
    await elena.say(maria.document)
    await elena.go("1. ", "Cambiar correo o celular", "El correo")
    await elena.say("nueva@correo.example")
    await elena.tap("carta firmada")
    await pedro.world.deliver()
    await pedro.tap("👀 Revisar")
    return maria


async def refused(studio: Studio, elena: Actor, pedro: Actor) -> None:
    await asked(studio, elena, pedro, "Uno")
    await pedro.tap("No aprobar")
    await pedro.shot("not approved")
    await elena.say("/menu")
    await pedro.note("to the colleagues: not approved", NOTE)


async def stopped(studio: Studio, elena: Actor, pedro: Actor) -> None:
    await asked(studio, elena, pedro, "Dos")
    await pedro.go("✅ Confirmar", "Detener el cambio")
    await pedro.shot("stopped before it served")
    await pedro.note("to the colleagues: stopped by one of them", NOTE)


async def lapsed(studio: Studio, elena: Actor, pedro: Actor) -> None:
    await asked(studio, elena, pedro, "Tres")
    studio.world.clock.forward(days=3)
    await studio.at_work(pedro)
    await pedro.tap("✅ Confirmar")
    await pedro.shot("confirmed too late")
    await rounds(studio)
    await pedro.note("to the colleagues: nobody confirmed it", "Se venció")


async def served(studio: Studio, elena: Actor, pedro: Actor) -> None:
    maria = await asked(studio, elena, pedro, "Cuatro")
    await pedro.tap("✅ Confirmar")
    await pedro.world.deliver()
    studio.world.clock.forward(hours=24)
    await rounds(studio)
    await pedro.note("to the colleagues: it serves", "Sirve desde")
    await maria.note("to the member: it serves", "ya sirve en la oficina")
    await replace(maria, email="nueva@correo.example").mail("the new address serves", "ya sirve")


async def overtaken(studio: Studio, elena: Actor, pedro: Actor) -> None:
    maria = await asked(studio, elena, pedro, "Cinco")
    await pedro.tap("✅ Confirmar")
    await pedro.world.deliver()
    await set_email(studio, maria, "central@correo.example")
    studio.world.clock.forward(hours=24)
    await rounds(studio)
    await pedro.note("to the colleagues: overtaken", "el sistema central trajo")
    await maria.note("to the member: overtaken", "quedó sin efecto")


async def set_email(studio: Studio, maria: Actor, email: str) -> None:
    async with studio.world.database.unit() as connection:
        mine = member.c.id == maria.member_id
        await connection.execute(update(member).where(mine).values(email=email))
