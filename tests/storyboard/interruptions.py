"""What may happen at any time: time runs out, another phone, an old button, a fault."""

from unittest.mock import patch

from telegram import Update

from bot.running import COMMANDS
from bot.workshop import Workshop
from handlers.kit.texts import plain
from handlers.statement.account import Account
from tests.storyboard.frames import Frame
from tests.storyboard.products import only_contributions
from tests.storyboard.studio import Studio


async def commands(studio: Studio) -> None:
    lines = [f"/{name} · {plain(f'kernel.commands.{name}')}" for name in COMMANDS]
    studio.frames.append(Frame("Telegram's list of commands", "(órdenes)", "\n".join(lines)))


async def time_is_up(studio: Studio) -> None:
    maria = await studio.inside()
    studio.world.clock.forward(minutes=6)
    await studio.look_round()
    await maria.shot("five idle minutes")


async def left(studio: Studio) -> None:
    maria = await studio.inside()
    await maria.say("/salir")
    await maria.shot("/salir")
    await maria.say("/ayuda")
    await maria.shot("help, outside")
    await maria.say("mis ahorros")
    await maria.shot("asked for something inside, outside")
    rosa = await studio.inside()
    await rosa.tap("Salir")
    await rosa.shot("the button to leave")


async def elsewhere(studio: Studio) -> None:
    maria = await studio.inside()
    studio.world.clock.forward(minutes=1)
    await studio.elsewhere(maria).proven()
    await studio.look_round()
    await maria.shot("entered from another Telegram")


async def old_link(studio: Studio) -> None:
    maria = await studio.stranger()
    await maria.say("/start un-enlace-de-ayer")
    await maria.shot("a link into the chat that serves no more")


async def old_button(studio: Studio) -> None:
    maria = await studio.inside()
    old = maria.phone.message
    await maria.tap("Ayuda")
    await maria.tap("Menú")
    await maria.phone.old_tap(old, "❓ Ayuda")
    await maria.shot("a button of an older screen")
    await maria.phone.upload("foto.pdf", b"%PDF-1.4")
    await maria.shot("a photo, a voice note, a document")
    await maria.phone.share_contact()
    await maria.shot("a sticker, a place, a contact")


async def in_a_hurry(studio: Studio) -> None:
    maria = await studio.inside()
    said = await maria.phone.say("hola")
    office = studio.world.replicas[0].office
    too_much = Update.de_json(said | {"update_id": said["update_id"] + 1}, office.bot)
    await office.desk.slow_down(too_much)
    await maria.shot("more than sixty taps at once")


async def faults(studio: Studio) -> None:
    maria = await studio.inside(only_contributions)
    with patch.object(Account, "statement", _breaks):
        await maria.tap("Mi estado de cuenta")
    await maria.shot("a fault of ours")
    await maria.tap("Imprimir")
    await maria.tap("Todo el año")
    with patch.object(Workshop, "make", _breaks):
        await maria.world.deliver()
    await maria.shot("a paper that could not be made")


async def group(studio: Studio) -> None:
    maria = await studio.stranger()
    sandbox = studio.world.sandbox
    sandbox.group(-5, "Profesores", maria.phone)
    await maria.phone.say("/start", chat=-5)
    newest = list(sandbox.telegram.chats[-5].messages.values())[-1]
    studio.frames.append(Frame("spoken to in a group", "(grupo)", newest.message["text"]))


async def _breaks(*_: object) -> bytes:
    raise RuntimeError("a fault for the storyboard")


SCENES = (time_is_up, left, elsewhere, old_button, old_link, in_a_hurry, faults, group)
