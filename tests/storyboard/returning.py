"""Coming back: the member's own chat, other chats, and what the mailbox is told."""

from datetime import UTC, datetime

from tests.journeys.member import FIRST_KEY, PIN
from tests.storyboard.studio import Studio

LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)


async def own_chat(studio: Studio) -> None:
    maria = await studio.member(PIN, {"bound": True})
    await maria.at_robot("1397")
    await maria.shot("a wrong PIN in the member's own chat")
    await maria.press("1397")
    await maria.press("1397")
    await maria.press("1397")
    await maria.shot("one try left")
    await maria.press(PIN)
    await maria.pass_robot()
    await maria.shot("the code is on its way")
    await maria.world.post()
    await maria.say(maria.right_code())
    await maria.say("/salir")
    studio.world.clock.forward(hours=2)
    await maria.proven()
    await maria.shot("inside again")


async def locked(studio: Studio) -> None:
    maria = await studio.member(PIN, {"bound": True, "failures_bound": 4})
    await maria.at_robot("1397")
    await maria.shot("the fifth wrong PIN in the member's own chat")


async def without_address(studio: Studio) -> None:
    maria = await studio.member(PIN, {"bound": True}, email=None)
    await maria.at_code()
    await maria.shot("no address on file")


async def many_codes(studio: Studio) -> None:
    maria = await studio.member(PIN, {"bound": True})
    await maria.at_code()
    for _ in range(5):
        await maria.tap("No le llega")
        await maria.tap("Enviar otro código")
    await maria.shot("a sixth code in an hour")
    await maria.tap("Cancelar")
    await maria.at_code()
    await maria.shot("a new entry after five codes in an hour")


async def letters(studio: Studio) -> None:
    maria = await studio.member(PIN)
    await maria.at_code("1397")
    await maria.mail("a wrong PIN in a chat that is not hers yet")
    rosa = await studio.member(PIN, {"failures_unbound": 4})
    await rosa.at_robot("1397")
    await rosa.mail("the fifth wrong PIN in chats that are not hers")
    elena = await studio.member(first_loaded_at=LONG_AGO)
    await elena.at_code(FIRST_KEY)
    await elena.mail("the first key came too late")


async def not_admitted(studio: Studio) -> None:
    maria = await studio.member(PIN, status="inactive")
    await maria.proven()
    await maria.shot("proven, but no longer a member")
    rosa = await studio.member(PIN, {"locked_at": LONG_AGO})
    await rosa.proven()
    await rosa.shot("proven, but blocked")


SCENES = (own_chat, locked, without_address, many_codes, letters, not_admitted)
