"""A broadcast while it is written."""

from sqlalchemy import delete, insert, update

from domain.staff.people import Role
from storage.schema import (
    credential,
    member,
    pushed_file,
)
from tests.statement_rows import add_member, add_product
from tests.storyboard.actors import Actor
from tests.storyboard.staff import clerk
from tests.storyboard.studio import Studio

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
