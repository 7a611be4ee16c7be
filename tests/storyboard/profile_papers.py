"""A request with papers and several sections, decided one by one."""

import struct

from bot.sandbox import faults
from domain.profile.sections import SECTIONS
from tests.storyboard.actors import Actor
from tests.storyboard.profile_form import open_form, open_section, walk
from tests.storyboard.studio import Studio

PDF = b"%PDF-1.4 a paper"


PNG = b"\x89PNG\r\n\x1a\n" + struct.pack(">I4sII", 13, b"IHDR", 600, 800)


async def papers(studio: Studio) -> None:
    """Supporting papers, sections decided one by one, reasons."""
    luis, rosa = await studio.employee("Luis Rojas"), await studio.employee("Rosa Díaz")
    maria = await open_form(studio)
    await open_section(maria, "personal")
    await maria.tap("Nombres")
    await maria.say("María Eugenia del Pilar")
    await maria.go("Volver")
    await other_changes(maria)
    await maria.go("Revisar y enviar")
    await maria.shot("more than fits on a page")
    await maria.go("Siguientes")
    await maria.shot("the next page")
    await maria.go("Seguir")
    await maria.shot("papers are needed")
    await send_papers(maria)
    await maria.go("Seguir")
    await maria.shot("three declarations")
    await maria.go("⬜ Son datos", "⬜ Tengo", "⬜ Mi dinero")
    await maria.shot("all ticked")
    await maria.go("Enviar mi solicitud")
    await maria.world.post()
    await maria.say(maria.right_code())
    await maria.world.deliver()
    await _looked_at(luis, rosa)
    await decide_the_rest(maria, luis, rosa)


async def _looked_at(luis: Actor, rosa: Actor) -> None:
    await luis.go("Abrir la solicitud")
    await luis.shot("a request with several sections and papers")
    await luis.go("Siguientes")
    await luis.go("Ver carta laboral")
    await luis.shot("a paper is on its way")
    await luis.world.deliver()
    await luis.shot("a paper has come")
    await rosa.go("Abrir la solicitud")
    await rosa.shot("somebody is at it already")
    await rosa.go("Volver", "Ingresos y egresos")
    await rosa.shot("requests with one section only")
    await rosa.go("Ver todas")
    await rosa.shot("the queue, with several sections")
    await rosa.go("ACT-")
    await luis.go("Decidir: Datos personales")
    await luis.shot("one section")
    await luis.go("Aprobar")
    await luis.shot("the rest is left")


async def other_changes(maria: Actor) -> None:
    await open_section(maria, "work")
    await walk_work(maria)
    await maria.go("Volver")
    await open_section(maria, "income")
    await maria.tap("Pensión al mes")
    await maria.say("3 millones")
    await maria.tap("Otros ingresos")
    await maria.say("800 mil")
    await maria.say("Arriendo de una casa")
    await maria.go("Volver")
    await open_section(maria, "dependants")
    await maria.tap("Agregar")
    await walk(maria, SECTIONS["dependants"])
    await maria.go("Volver")


async def walk_work(maria: Actor) -> None:
    await maria.go("Ocupación", "Docente")
    await maria.say("Colegio de Boyacá")
    await maria.tap("Pública")
    await maria.say("Docente de aula")
    await maria.say("5/3/2010")
    await maria.tap("En propiedad")
    await maria.say("Secretaría de Educación de Boyacá")


async def send_papers(maria: Actor) -> None:
    await maria.phone.upload("nota.txt", b"hola")
    await maria.shot("not a paper")
    await maria.phone.upload("foto.pdf", b"%PDF-" + bytes(5 * 1024 * 1024))
    await maria.shot("too large a paper")
    await maria.say("ya voy")
    await maria.shot("words instead of a paper")
    failing = faults.server_error(500)
    maria.world.sandbox.faults.add(failing, method="getFile", times=1)
    await maria.phone.upload("carta.pdf", PDF)
    await maria.shot("a paper that did not arrive")
    await maria.phone.upload("foto.png", PNG, as_photo=True)
    await maria.shot("a paper was taken")
    await maria.go("Quitar: ")
    await maria.shot("a paper was taken away")
    for _ in range(7):
        await maria.phone.upload("carta.pdf", PDF)
    await maria.shot("all papers and no room for more")


async def decide_the_rest(maria: Actor, luis: Actor, rosa: Actor) -> None:
    world = maria.world
    for name, reason in (
        ("Datos laborales", "No se lee"),
        ("Ingresos", "El documento no coincide"),
    ):
        await luis.go(f"Decidir: {name}", "No aprobar", reason)
    await luis.shot("two refused")
    await luis.go("No aprobar")
    await luis.say("Falta el registro civil de Lucía")
    await luis.shot("the last one refused with words")
    await rosa.go("Aprobar todo")
    await rosa.shot("somebody was faster")
    await world.deliver()
    await maria.shot("reasons", "(nota)")
