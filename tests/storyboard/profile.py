"""Updating one's own data, and what becomes of it."""

import json
import struct
from dataclasses import replace

from sqlalchemy import delete, insert, select, update

from bot.sandbox import faults
from domain.profile.form import Field, Section, Values
from domain.profile.kinds import (
    Amount,
    Choice,
    Day,
    DocumentNumber,
    Email,
    Municipality,
    Name,
    Nit,
    Share,
    Telephone,
)
from domain.profile.sections import SECTIONS
from handlers.kit import texts
from handlers.profile.taps import OpenSection
from storage.profile.office import upkeep
from storage.schema import (
    contact_change,
    member,
    profile_draft,
    profile_request,
    profile_section,
    profile_value,
)
from tests.storyboard.frames import Frame
from tests.storyboard.studio import SECRETS, Actor, Studio

PDF = b"%PDF-1.4 a paper"
PNG = b"\x89PNG\r\n\x1a\n" + struct.pack(">I4sII", 13, b"IHDR", 600, 800)
# What makes the most questions worth asking.
TALKATIVE = {"marital_status": "married", "occupation": "teacher", "document_type": "TI"}


async def open_form(studio: Studio) -> Actor:
    maria = await studio.inside()
    await maria.tap("Mis datos")
    return maria


async def open_section(maria: Actor, name: str) -> None:
    await maria.tap(texts.plain(f"profile.section_name.{OpenSection(name).section}"))


async def every_question(studio: Studio) -> None:
    """All sections, question by question, as somebody who fills in everything."""
    maria = await open_form(studio)
    await maria.shot("the form")
    for section in SECTIONS.values():
        await open_section(maria, section.name)
        await maria.shot(f"{section.name}, before")
        await maria.tap("Agregar" if section.repeats else "Una por una")
        await walk(maria, section)
        await maria.shot(f"{section.name}, after")
        if section.repeats:
            await maria.tap("1. ")
            await maria.shot(f"one of the {section.name}")
            await maria.tap("Volver")
        await maria.tap("Volver")
    await maria.shot("the form, with changes")


async def walk(maria: Actor, section: Section) -> None:
    values: dict[str, str] = {}
    while left := [f for f in section.asked(values) if f.name not in values]:
        field = left[0]
        await maria.shot(f"{section.name}.{field.name}")
        values[field.name] = await answer(maria, field, values)


async def answer(maria: Actor, field: Field, values: Values) -> str:
    match field.kind:
        case Choice(words=words, options=options):
            value = TALKATIVE.get(field.name, options[0])
            await maria.tap(texts.plain(f"profile.option.{words}.{value}"))
            return value
        case Municipality():
            await maria.say("tunja")
        case Telephone(mobile=True) | Email():
            await maria.tap("Sigue igual")
        case _:
            await maria.say(typed(field))
    return "1"


def typed(field: Field) -> str:
    samples = {
        Telephone: "608 740 0000",
        Day: "5/3/2012",
        Amount: "2.500.000",
        Share: "50",
        Name: "Rosa Peña",
        Nit: "900123456-8",
        DocumentNumber: "1050123456",
    }
    return samples.get(type(field.kind), "14" if field.name == "grade" else "Calle 20 # 9-90")


async def wrong_answers(studio: Studio) -> None:
    """What cannot be taken, and how it is said."""
    maria = await open_form(studio)
    await open_section(maria, "personal")
    for field, said in (
        ("Dirección", "C"),
        ("Barrio o vereda", "x" * 61),
        ("Municipio", "zzzz"),
        ("Celular", "12345"),
        ("Teléfono fijo", "740 0000"),
        ("Correo", "maria"),
        ("Vivienda", "no sé"),
        ("Nombres", "R2D2"),
        ("Profesión", "   \u202e  "),
        ("Fecha expedición", "31/2/1980"),
        ("Fecha expedición", "5/3/2062"),
        ("Fecha expedición", "5/3/1062"),
    ):
        await maria.tap(field)
        await maria.say(said)
        await maria.shot(f"{field}: a wrong answer")
        await maria.tap("Volver")
    await maria.go("Municipio")
    await maria.say("san")
    await maria.shot("several places")
    await maria.go("Volver", "Volver")
    await other_wrong_answers(maria)


async def other_wrong_answers(maria: Actor) -> None:
    await open_section(maria, "income")
    for said in ("mucho", "2.000.000.000.000", "5"):
        await maria.tap("Salario al mes")
        await maria.say(said)
        await maria.shot(f"salary: {said[:5]}")
        await maria.tap("Volver")
    await maria.tap("Volver")
    await open_section(maria, "work")
    await maria.go("Ocupación", "Docente")
    await maria.say("Colegio de Boyacá")
    await maria.go("Volver", "NIT")
    for said in ("123", "900123456-1"):
        await maria.say(said)
        await maria.shot(f"NIT: {said}")
    await maria.say("900123456")
    await maria.go("Volver", "NIT")
    await maria.shot("an optional answer may be removed")
    await maria.go("Borrar este dato", "Volver", "Revisar y enviar")
    await maria.shot("something is missing")
    await maria.go("Volver", "Borrar cambios")
    await maria.shot("changes thrown away")


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
    await decide_the_rest(maria, luis, rosa)


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


async def withdrawing(studio: Studio) -> None:
    luis = await studio.employee("Luis Rojas")
    maria = await simple_request(studio)
    await maria.world.deliver()
    await luis.go("Abrir la solicitud")
    await maria.go("Mis solicitudes", "Ver ACT", "Retirar")
    await maria.shot("once more before it is taken back")
    await maria.go("Sí, retirarla")
    await maria.shot("taken back")
    await maria.world.deliver()
    await luis.note("a request that was taken back", "la retiró")
    await luis.go("Aprobar")
    await luis.shot("taken back meanwhile")
    rosa = await simple_request(studio)
    await rosa.go("Volver")
    await rosa.shot("a section waits")
    await open_section(rosa, "beneficiaries")
    await rosa.shot("a section that waits can only be read")
    await rosa.go("Volver", "Mis solicitudes", "Ver ACT", "Retirar")
    async with studio.world.database.unit() as connection:
        mine = profile_section.c.member_id == rosa.member_id
        withdrawn = {"state": "withdrawn"}
        await connection.execute(update(profile_section).where(mine).values(withdrawn))
    await rosa.go("Sí, retirarla")
    await rosa.shot("too late to take it back")


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


async def quiet_things(studio: Studio) -> None:
    """Confirming, an empty review, reminders."""
    maria = await open_form(studio)
    await open_section(maria, "work")
    await maria.tap("Todo sigue igual")
    await maria.shot("one section is the same")
    await maria.tap("Confirmar")
    await maria.shot("confirmed")
    for name in ("income", "references"):
        await open_section(maria, name)
        await maria.tap("Todo sigue igual")
    await maria.tap("Confirmar")
    await maria.shot("more than one confirmed")
    await maria.tap("Mis solicitudes")
    await maria.shot("no requests yet")
    await maria.go("Volver")
    await open_section(maria, "personal")
    await maria.tap("Dirección")
    await maria.say("Calle 1 # 2-3")
    await maria.go("Revisar y enviar")
    studio.world.clock.forward(days=31)
    await look_after(studio)
    await maria.shot("a draft ran out", "(nota)")
    async with studio.world.database.unit() as connection:
        mine = member.c.id == maria.member_id
        long_ago = {"first_loaded_at": studio.world.clock.now().replace(year=2020)}
        await connection.execute(update(member).where(mine).values(long_ago))
    studio.world.clock.forward(days=400)
    await look_after(studio)
    await maria.shot("once a year", "(nota)")


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


async def days_later(studio: Studio) -> None:
    marta = await studio.employee("Marta Ruiz", role="admin")
    maria = await simple_request(studio)
    studio.world.clock.forward(days=3, minutes=5)
    await look_after(studio)
    await studio.at_work(marta)
    await marta.shot("three days without a decision", "(nota)")
    await marta.go("Abrir la solicitud", "No aprobar", "Debe hacerse en la oficina")
    await marta.shot("refused, to be done at the office")
    await studio.world.deliver()
    await maria.shot("to be done at the office", "(nota)")


async def own_and_gone(studio: Studio) -> None:
    maria = await simple_request(studio)
    hers = await studio.employee("María Ñáñez", member_id=maria.member_id)
    await hers.phone.send_data("-:vfn:99999")
    await hers.shot("a request that is not there")
    await hers.go("Volver")
    await hers.go("ACT-")
    await hers.shot("a request about one's own data")
    await maria.world.deliver()
    mine = max(int(data) for data in await requests_of(studio, maria))
    await hers.phone.send_data(f"-:vfn:{mine}")
    await hers.shot("a note about one's own data")
    group = texts.plain("notes.group")
    studio.frames.append(Frame("what the staff group is told", "(grupo)", group))


async def requests_of(studio: Studio, maria: Actor) -> list[int]:
    async with studio.world.database.unit() as connection:
        mine = profile_request.c.member_id == maria.member_id
        return list(await connection.scalars(select(profile_request.c.id).where(mine)))


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


SCENES = (
    every_question,
    wrong_answers,
    moving,
    papers,
    withdrawing,
    quiet_things,
    queue,
    lists,
    days_later,
    own_and_gone,
    empty_queue,
)
