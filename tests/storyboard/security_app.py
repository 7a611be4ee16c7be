"""Inside: the authenticator."""

import pyotp
from sqlalchemy import update

from storage.schema import authenticator
from tests.journeys.member import PIN
from tests.journeys.test_authenticator import KEY, RECOVERY
from tests.storyboard.actors import Actor
from tests.storyboard.outside import give_app
from tests.storyboard.studio import Studio


async def prove(maria: Actor) -> None:
    """The fresh code that a step asks for."""
    await maria.world.post()
    await maria.say(maria.right_code())


async def inside(studio: Studio) -> Actor:
    maria = await studio.inside()
    studio.world.clock.forward(minutes=3)
    return maria


async def app(studio: Studio) -> None:
    maria = await inside(studio)
    await maria.tap("Seguridad")
    await maria.tap("Aplicación de códigos")
    await maria.shot("what an authenticator is")
    await maria.tap("Agregar mi aplicación")
    await maria.shot("a fresh code first")
    await prove(maria)
    totp = pyotp.TOTP(KEY.search(maria.screen)[1])
    await maria.world.deliver()
    await maria.shot("the picture and the key")
    await maria.tap("Enviar otra vez")
    await maria.shot("the picture once more")
    await maria.say("12")
    await maria.shot("typed something else")
    await maria.say("000000")
    await maria.shot("a wrong code")
    await maria.say(totp.at(studio.world.clock.now()))
    await maria.shot("the recovery codes, once")
    await maria.say("ya")
    await maria.shot("typed instead of tapped")
    codes = ["".join(pair) for pair in RECOVERY.findall(maria.screen)]
    await maria.tap("Ya los guardé")
    await maria.shot("enrolled")
    await _told(maria)
    await _remove(maria, codes)


async def no_more_codes(studio: Studio) -> None:
    """Ten wrong codes of the authenticator, within a session."""
    maria = await studio.member(PIN, {"bound": True})
    totp = await give_app(studio, maria)
    await maria.at_code()
    await maria.say(totp.at(studio.world.clock.now()))
    studio.world.clock.forward(minutes=3)
    await maria.say("app de códigos")
    await maria.tap("recuperación nuevos")
    mine = authenticator.c.member_id == maria.member_id
    async with studio.world.database.unit() as connection:
        await connection.execute(update(authenticator).where(mine).values(failures_own=10))
    await maria.say("000000")
    await maria.shot("ten wrong codes of the authenticator")


async def _told(maria: Actor) -> None:
    await maria.mail("an authenticator was added", "aplicación de códigos")
    await maria.note("an authenticator was added", "códigos de una aplicación")
    await maria.say("/seguridad")
    await maria.shot("Seguridad, with an authenticator")
    await maria.say("app de códigos")


async def _remove(maria: Actor, codes: list[str]) -> None:
    await maria.tap("recuperación nuevos")
    await maria.shot("a code of the authenticator first")
    await maria.say("12")
    await maria.shot("typed something else")
    for _ in range(3):
        await maria.say("000000")
    await maria.shot("three wrong codes")
    await maria.tap("Intentar otra vez")
    await maria.shot("three more tries")
    await maria.say(codes[0])
    await maria.shot("new recovery codes")
    fresh = ["".join(pair) for pair in RECOVERY.findall(maria.screen)]
    await maria.tap("Ya los guardé")
    await maria.tap("Quitar la aplicación")
    await maria.shot("removing needs the PIN")
    await maria.press(PIN, "Seguir")
    await maria.shot("and a code")
    await maria.say(fresh[0])
    await maria.shot("removed")
    await maria.mail("the authenticator was removed", "Se quitó")
    await maria.note("the authenticator was removed", "se quitó la aplicación")
    await maria.say("/robo")
    await maria.tap("Me robaron: bloquear ya")
    await maria.note("the notes, once the access is barred", "se agregó una aplicación")
    await maria.note("the notes, once the access is barred", "El 2 de noviembre de 2026")
