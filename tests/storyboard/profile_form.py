"""Filling in the form of one's own data: every question, and wrong answers."""

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
from tests.storyboard.actors import Actor
from tests.storyboard.studio import Studio

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
