"""From the first hello to the first PIN, with all that may go wrong before the door."""

from tests.journeys.member import FIRST_KEY, PIN
from tests.storyboard.actors import Actor
from tests.storyboard.studio import Studio

KINDS = (
    *("Cédula de ciudadanía", "Cédula de extranjería", "Tarjeta de identidad", "Pasaporte"),
    "Permiso (PPT)",
)
OTHERS = ("Registro civil", "NIT")


async def first_hello(studio: Studio) -> None:
    maria = await studio.stranger()
    await maria.say("/start")
    await maria.shot("the first hello")
    await maria.tap("Entrar")
    await maria.shot("the authorisation, asked once")
    await maria.say("¿y eso para qué es?")
    await maria.shot("typed instead of tapped")
    await maria.tap("No autorizo")
    await maria.shot("she says no", step="welcome.farewell")


async def document(studio: Studio) -> None:
    maria = await studio.stranger()
    await maria.authorise()
    await maria.shot("which document")
    await maria.say("41789123")
    await maria.shot("the number typed before its kind")
    await maria.tap("Otro documento")
    await maria.shot("the less usual documents")
    for kind in KINDS + OTHERS:
        await _malformed(maria, kind)


async def _malformed(maria: Actor, kind: str) -> None:
    await maria.tap("Cambiar el tipo")
    if kind in OTHERS:
        await maria.tap("Otro documento")
    await maria.tap(kind)
    if kind == KINDS[0]:
        await maria.shot("the number")
    await maria.say("12")
    await maria.shot("a number that cannot be one")


async def keypad(studio: Studio) -> None:
    maria = await studio.stranger()
    await maria.at_pin()
    await maria.shot("the keypad")
    await maria.say("4917")
    await maria.shot("typed instead of tapped")
    await maria.press("491")
    await maria.shot("too few keys")
    await maria.press(FIRST_KEY[3:], "Borrar")
    await maria.shot("seven keys pressed")


async def robot(studio: Studio) -> None:
    maria = await studio.stranger()
    await maria.at_robot()
    await maria.shot("the check")
    await maria.miss_robot()
    await maria.shot("not that one")
    await maria.miss_robot()
    await maria.miss_robot()
    await maria.shot("three times not that one")


async def code_of_a_stranger(studio: Studio) -> None:
    maria = await studio.member()
    await maria.at_code(FIRST_KEY)
    await maria.shot("the code is on its way, to an address that is not told")
    await maria.say("no sé")
    await maria.shot("typed something else")
    for title in ("a wrong code", "a wrong code again", "the code is dead"):
        await maria.say("000000")
        await maria.shot(title)
    await maria.tap("No le llega")
    await maria.shot("help with the code")
    await maria.tap("Enviar otro código")
    await maria.shot("another code")
    await maria.mail("the code", "código para entrar")


async def first_pin(studio: Studio) -> None:
    maria = await studio.member(document_number="52840917", mobile="3105283746")
    await maria.proven(FIRST_KEY)
    await maria.shot("a PIN of her own")
    await maria.press("49", "Seguir")
    await maria.shot("too few keys")
    await maria.tap("Borrar")
    await maria.tap("Borrar")
    for pin, title in (
        ("1234", "one that everybody chooses"),
        ("5804", "one from the birth date"),
        ("2840", "one from the document"),
        ("8374", "one from the phone"),
    ):
        await maria.press(pin, "Seguir")
        await maria.shot(title)
    await maria.press(PIN, "Seguir")
    await maria.shot("the same again")
    await maria.press("7194", "Seguir")
    await maria.shot("not the same")
    await maria.choose_pin()
    await maria.shot("inside for the first time")


async def limits(studio: Studio) -> None:
    maria = await studio.stranger()
    for number in ("51000001", "51000002", "51000003"):
        await maria.at_pin(number)
        await maria.tap("Cancelar")
    await maria.at_pin("51000004")
    await maria.shot("a fourth document in a day")


async def too_late(studio: Studio) -> None:
    maria = await studio.stranger()
    await maria.at_pin()
    studio.world.clock.forward(minutes=16)
    await maria.press(PIN)
    await maria.shot("a quarter of an hour later")


SCENES = (
    first_hello,
    document,
    keypad,
    robot,
    code_of_a_stranger,
    first_pin,
    limits,
    too_late,
)
