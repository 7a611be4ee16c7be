"""A simulation sent to the employees, and what they do with it."""

from tests.storyboard.actors import Actor
from tests.storyboard.studio import Studio

USUAL = ("Libre inversión", "5.000.000", "Cada mes", "24 meses")


async def at_credits(actor: Actor) -> None:
    await actor.say("/simular")
    await actor.tap("Un crédito")


async def at_cdats(actor: Actor) -> None:
    await actor.say("/simular")
    await actor.tap("Un CDAT")


async def visitors_wish(studio: Studio) -> None:
    elena = await studio.employee("Elena Ríos", role="support")
    ana = await studio.stranger()
    await at_cdats(ana)
    await ana.phone.tap("CDAT")
    await ana.go("10.000.000", "360", "Cada mes", "Me interesa")
    await ana.shot("the authorisation to be called")
    await ana.tap("No autorizo")
    await ana.shot("she says no")
    await ana.go("Me interesa", "Sí, autorizo")
    await ana.shot("her name")
    await ana.say("12345")
    await ana.shot("no name")
    await ana.say("Ana Ñáñez")
    await ana.shot("her mobile")
    await ana.say("310")
    await ana.shot("no mobile")
    await ana.say("310 456 7890")
    await ana.shot("it was sent")
    await elena.note("employees are told", "Simulación S-")
    await elena.tap("Atender")
    await elena.shot("taken with the note's button")
    await ana.note("she is told who has it", "ya la tiene")
    await elena.note("the note says who has it", "Simulación S-")
    await elena.go("Anotar")
    await elena.shot("how it ended")
    await elena.go("No contestó")
    await elena.shot("a note for the cooperative")
    await elena.say("x" * 301)
    await elena.shot("too long a note")
    await elena.say("Llamar por la tarde")
    await elena.shot("it is closed")
    await ana.note("nobody answered", "no le encontramos")
    await elena.note("the note says how it ended", "Simulación S-")


async def members_wish(studio: Studio) -> None:
    elena = await studio.employee("Elena Ríos", role="support")
    maria = await studio.inside()
    await maria.tap("Simular un crédito")
    for ending in ("Sí lo tomó", "Lo está pensando", "No le interesó"):
        await _sent(maria)
        await _ended(elena, ending)
        await maria.note(f"it ended: {ending}", "quedó atendida")
        await elena.note(f"employees read how it ended: {ending}", "Terminó")
    await _sent_again(maria)
    await maria.shot("enough for one day")
    luis = await studio.member("4917", mobile=None)
    await luis.proven()
    await luis.tap("Simular un crédito")
    await luis.go(*USUAL, "Me interesa")
    await luis.shot("no mobile on file")
    await luis.tap("Sí, enviar")
    await elena.say("/menu")
    await elena.go("Simulaciones enviadas", "1. S-", "Atender")
    await elena.shot("a member without a mobile")


async def _sent(maria: Actor) -> None:
    await maria.say("/menu")
    await maria.go("Simular un crédito", *USUAL, "Me interesa")
    await maria.shot("send it?")
    await maria.go("Sí, enviar")
    await maria.shot("it was sent")


async def _sent_again(maria: Actor) -> None:
    await maria.go("Ver mi simulación", "Me interesa", "Sí, enviar")


async def _ended(elena: Actor, ending: str) -> None:
    await elena.say("/menu")
    await elena.go("Simulaciones enviadas")
    await elena.shot("the queue")
    await elena.go("1. S-")
    await elena.shot("one that waits")
    await elena.go("Atender", "Anotar", ending, "Sin nota")
    await elena.shot(f"closed: {ending}")


async def idle(studio: Studio) -> None:
    elena = await studio.employee("Elena Ríos", role="support")
    await elena.say("/menu")
    await elena.go("Simulaciones enviadas")
    await elena.shot("nothing waits")
    await elena.say("qué hay")
    await elena.shot("words that are no number")


async def queue(studio: Studio) -> None:
    elena = await studio.employee("Elena Ríos", role="support")
    pedro = await studio.employee("Pedro Páez", role="admin")
    maria = await studio.inside()
    await _sent(maria)
    await elena.say("/menu")
    await elena.shot("one waits")
    await elena.go("Simulaciones enviadas", "1. S-")
    await pedro.say("/menu")
    await pedro.go("Simulaciones enviadas", "1. S-", "Atender")
    await pedro.shot("taken from the list")
    await elena.tap("Atender")
    await elena.shot("another was faster")
    await pedro.go("Devolver")
    await pedro.shot("given back")


async def withdrawn(studio: Studio) -> None:
    elena = await studio.employee("Elena Ríos", role="support")
    ana = await studio.stranger()
    await at_cdats(ana)
    await ana.phone.tap("CDAT")
    await ana.go("10.000.000", "360", "Cada mes", "Me interesa", "Sí, autorizo")
    await ana.say("Ana Ñáñez")
    await ana.say("310 456 7890")
    await ana.world.deliver()
    await elena.tap("Atender")
    await ana.say("/start")
    await ana.go("Entrar", "No autorizo")
    await elena.note("a visitor took it back", "El visitante retiró sus datos")
    await elena.go("Anotar", "Volver")
    await elena.shot("nobody left to call")
    luis = await studio.employee("Luis Mora", role="support")
    await luis.say("/menu")


async def gave_up(studio: Studio) -> None:
    ana = await studio.stranger()
    await at_credits(ana)
    await ana.go(*USUAL, "Me interesa", "Sí, autorizo")
    await ana.shot("who wants a credit")
    await ana.say("Ana Ñáñez")
    await ana.shot("where to call for a credit")
    await ana.go("Mejor no")
    await ana.shot("she gave up")
