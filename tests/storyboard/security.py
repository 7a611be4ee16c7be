"""Inside: the screen "Seguridad" and all that it leads to."""

from datetime import timedelta

from sqlalchemy import update

from storage.conversations import SqlSessions
from storage.schema import consent, credential
from tests.journeys.member import PIN
from tests.storyboard.actors import Actor
from tests.storyboard.security_app import app, inside, no_more_codes, prove
from tests.storyboard.studio import Studio

NEW = "8305"


async def home(studio: Studio) -> None:
    maria = await inside(studio)
    await maria.tap("Seguridad")
    await maria.shot("the screen")
    await maria.tap("Mis entradas")
    await maria.shot("the last entries")
    await maria.tap("Volver")
    await maria.tap("Consejos")
    await maria.shot("all the advice")
    await maria.say("/salir")
    studio.world.clock.forward(days=1)
    await maria.proven()
    await maria.say("/salir")
    await maria.shot("a tip, on one day of three")


async def pin(studio: Studio) -> None:
    maria = await inside(studio)
    await maria.say("cambiar el PIN")
    await maria.shot("what will be asked for")
    await maria.tap("Empezar")
    await maria.shot("the present PIN")
    await maria.press(PIN, "Seguir")
    await maria.shot("a fresh code")
    await prove(maria)
    await maria.shot("a new PIN")
    await maria.press(PIN, "Seguir")
    await maria.shot("the one she has")
    await maria.press(NEW, "Seguir")
    await maria.shot("the same again")
    await maria.press(NEW, "Seguir")
    await maria.shot("changed")


async def too_late_and_locked(studio: Studio) -> None:
    maria = await inside(studio)
    await maria.say("cambiar el PIN")
    await maria.tap("Empezar")
    await maria.press(PIN, "Seguir")
    await prove(maria)
    for _ in range(3):
        studio.world.clock.forward(minutes=4)
        await maria.press("4", "Borrar")
    await maria.press(NEW, "Seguir")
    await maria.shot("the proof is too old")
    rosa = await inside(studio)
    await rosa.say("cambiar el PIN")
    await rosa.tap("Empezar")
    for wrong in ("1397", "1398", "1399", "2397", "2398"):
        await rosa.press(wrong, "Seguir")
    await rosa.shot("five wrong PINs inside")


async def old_pin(studio: Studio) -> None:
    long_ago = studio.world.clock.now() - timedelta(days=181)
    maria = await studio.member(PIN, {"pin_set_at": long_ago})
    await maria.proven()
    await maria.shot("the PIN is half a year old")
    await maria.tap("Seguridad")
    await maria.shot("since when she has it")


async def devices(studio: Studio) -> None:
    maria = await inside(studio)
    await maria.say("mis dispositivos")
    await maria.shot("one Telegram")
    other = studio.elsewhere(maria)
    studio.world.clock.forward(minutes=1)
    await other.proven()
    await other.say("mis dispositivos")
    await other.shot("another one before")
    await other.tap("Cerrar en todas partes")
    await other.shot("what it means")
    await other.tap("Sí, cerrar")
    await other.shot("closed everywhere")


async def closed_by_others(studio: Studio) -> None:
    """Chats whose sessions somebody ended from elsewhere."""
    for reason in ("pin_changed", "closed_everywhere", "blocked"):
        maria = await inside(studio)
        async with studio.world.database.unit() as connection:
            sessions = SqlSessions(connection)
            await sessions.end_all(maria.member_id, reason, studio.world.clock.now())
        await studio.look_round()
        await maria.shot(f"the session was ended: {reason}")


async def privacy(studio: Studio) -> None:
    maria = await inside(studio)
    await maria.say("privacidad")
    await maria.shot("the authorisation on file")
    await maria.tap("Leer lo que autoricé")
    await maria.shot("what she said yes to")
    await other_version(studio, maria)
    await maria.go("Volver", "Leer lo que autoricé")
    await maria.shot("an older version")
    await maria.tap("Volver")
    await maria.tap("Mis últimas entradas")
    await maria.shot("the last entries")
    await maria.tap("Volver")
    await maria.tap("Copia de mis datos")
    await maria.shot("a fresh code first")
    await prove(maria)
    await maria.shot("on paper or for a machine")
    await maria.tap("En PDF")
    await maria.shot("the copy is on its way")
    await maria.world.deliver()
    await maria.tap("En JSON")
    await maria.world.deliver()
    await maria.shot("the copies have come")
    await maria.tap("Volver")
    await maria.tap("Retirar mi autorización")
    await maria.shot("what withdrawing means")
    await maria.tap("Sí, retirar")
    await maria.shot("withdrawn")
    await maria.mail("withdrawn", "Retiró")


async def other_version(studio: Studio, maria: Actor) -> None:
    """She said yes to words that are no longer those of today."""
    async with studio.world.database.unit() as connection:
        mine = update(consent).where(consent.c.member_id == maria.member_id)
        await connection.execute(mine.values(version="2024-1", text_sha256="e3b0" * 16))


async def no_proof(studio: Studio) -> None:
    maria = await inside(studio)
    async with studio.world.database.unit() as connection:
        mine = update(consent).where(consent.c.member_id == maria.member_id)
        await connection.execute(mine.values(member_id=None))
        own = update(credential).where(credential.c.member_id == maria.member_id)
        await connection.execute(own.values(pin_set_at=None))
    await maria.say("privacidad")
    await maria.shot("no authorisation on file")
    await maria.tap("Volver")
    await maria.shot("nobody knows since when")


SCENES = (
    *(home, pin, too_late_and_locked, old_pin, app, no_more_codes, devices, closed_by_others),
    *(privacy, no_proof),
)
