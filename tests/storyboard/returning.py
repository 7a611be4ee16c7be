"""Coming back: the member's own chat, other chats, and what the mailbox is told."""

from datetime import UTC, datetime

from domain.access.limits import DAY
from domain.access.restraint import failures_subject
from storage.access.allowances import AllowanceRepository
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
    await maria.mail("a wrong PIN in a chat that is not hers yet", "PIN equivocado")
    rosa = await studio.member(PIN, {"failures_unbound": 4})
    await rosa.at_robot("1397")
    await rosa.mail("the fifth wrong PIN in chats that are not hers", "Bloqueamos")
    elena = await studio.member(first_loaded_at=LONG_AGO)
    await elena.at_code(FIRST_KEY)
    await elena.mail("the first key came too late", "primera clave")


async def held_back(studio: Studio) -> None:
    maria = await studio.member(PIN)
    await maria.at_robot("1397")
    await maria.at_robot(PIN)
    await maria.shot("a second try at once, in a chat that is not hers yet")
    studio.world.clock.forward(seconds=30)
    await maria.tap("Entrar")
    await maria.at_robot(PIN)
    await maria.shot("a third try at once")
    rosa = await studio.member(PIN, {"failures_unbound": 2})
    await rosa.proven()
    await rosa.mail("inside after somebody's wrong PINs", "varios intentos")


async def enough_for_today(studio: Studio) -> None:
    maria = await studio.member(PIN, {"bound": True})
    async with studio.world.database.unit() as connection:
        allowances, now = AllowanceRepository(connection), studio.world.clock.now()
        for _ in range(10):
            await allowances.take(failures_subject(maria.phone.id, now), 10, DAY, now)
    await maria.at_robot()
    await maria.shot("after ten failures of this account in a day")
    rosa = await studio.member(PIN, {"bound": True})
    await rosa.at_code()
    for _ in range(3):
        for _ in range(3):
            await rosa.say("000000")
        await rosa.tap("No le llega")
        await rosa.tap("Enviar otro código")
    await rosa.say("000000")
    await rosa.say("000000")
    await rosa.shot("an eleventh wrong code in a day")


async def not_admitted(studio: Studio) -> None:
    maria = await studio.member(PIN, status="inactive")
    await maria.proven()
    await maria.shot("proven, but no longer a member")
    rosa = await studio.member(PIN, {"locked_at": LONG_AGO})
    await rosa.proven()
    await rosa.shot("proven, but blocked")


SCENES = (
    own_chat,
    locked,
    without_address,
    many_codes,
    letters,
    held_back,
    enough_for_today,
    not_admitted,
)
