"""Without a session: a forgotten PIN."""

from typing import Any

from sqlalchemy import update

from domain.access.help_number import HelpNumbers
from domain.access.seals import Seal
from storage.schema import member
from tests.journeys.member import PIN
from tests.storyboard.actors import Actor
from tests.storyboard.studio import SECRETS, Studio

NEW = "8305"


async def own_number(studio: Studio, **access: Any) -> Actor:
    """A member whose mobile on file is this telephone's."""
    maria = await studio.member(PIN, {"bound": True, **access}, mobile="")
    mobile = f"57300{maria.phone.id % 10_000_000:07d}"
    async with studio.world.database.unit() as connection:
        own = update(member).where(member.c.id == maria.member_id)
        await connection.execute(own.values(mobile=f"+{mobile}"))
    return maria


async def to_forgot_code(maria: Actor) -> None:
    await maria.say("/start")
    await maria.tap("Olvidé mi PIN")
    if "autoriza" in maria.screen:
        await maria.tap("Sí, autorizo")
    await maria.give_document(maria.document)
    await maria.pass_robot()


async def to_second(maria: Actor) -> None:
    await to_forgot_code(maria)
    await maria.world.post()
    await maria.say(maria.right_code())


async def forgotten(studio: Studio) -> None:
    maria = await own_number(studio)
    await maria.say("/start")
    await maria.shot("the ways in, in the member's own chat")
    await _shoot_to_code(maria)
    await maria.shot("the code is on its way")
    await maria.mail("the code for a new PIN", "PIN nuevo")
    await maria.say("no sé")
    await maria.shot("typed something else")
    await maria.tap("Enviar otro código")
    await maria.shot("another code")
    for _ in range(3):
        await maria.say("000000")
    await maria.shot("the code is dead")
    await maria.tap("Enviar otro código")
    await maria.world.post()
    await maria.say(maria.right_code())
    await maria.shot("the second proof")
    await maria.say("no sé")
    await maria.shot("typed instead of shared")
    await maria.phone.share_contact({"phone_number": "57300", "first_name": "X", "user_id": 9})
    await maria.shot("somebody else's contact")
    await maria.say("000000")
    await maria.shot("a code that is not one")
    await maria.phone.share_contact()
    await maria.shot("a new PIN")
    await maria.press(NEW, "Seguir")
    await maria.shot("the same again")
    await maria.press(NEW, "Seguir")
    await maria.shot("kept, to serve later")
    await _afterwards(maria)


async def _shoot_to_code(maria: Actor) -> None:
    await maria.go("Olvidé mi PIN", "Sí, autorizo")
    await maria.shot("the document")
    await maria.tap("Otro documento")
    await maria.shot("the less usual documents")
    await maria.go("Cambiar el tipo", "Cédula de ciudadanía")
    await maria.shot("the number")
    await maria.say(maria.document)
    await maria.shot("a person, not a program")
    await maria.pass_robot()


async def _afterwards(maria: Actor) -> None:
    await maria.mail("the PIN was changed", "cambió")
    await maria.note("the PIN was changed", "su PIN cambió")
    await maria.restart()
    await maria.proven(NEW)
    await maria.shot("before it serves")
    maria.world.clock.forward(minutes=61)
    await maria.note("now it serves", "ya sirve")
    await maria.phone.old_tap(maria.notes("su PIN cambió")[-1], "🚨 No fui yo: bloquear ya")
    await maria.note("the note, once the access is barred", "cambió su PIN. Ya nadie")


async def second_proof_fails(studio: Studio) -> None:
    maria = await studio.member(PIN, {"bound": True})
    await to_second(maria)
    await maria.phone.share_contact()
    await maria.shot("another number")
    await maria.phone.share_contact()
    await maria.shot("another number, one try left")
    await maria.say("000000")
    await maria.shot("neither proof is possible")
    await maria.restart()
    await to_second(maria)
    await maria.say("000000")
    await maria.say("000000")
    await maria.shot("a wrong code, one try left")


async def stranger_forgot(studio: Studio) -> None:
    maria = await studio.member(PIN)
    await to_forgot_code(maria)
    await maria.shot("the code, in a chat that is not hers yet")


async def vouched_for(studio: Studio) -> None:
    soon = studio.world.clock.now().replace(year=2027)
    granted = {"bound": True, "reset_required_at": soon, "reset_granted_until": soon}
    maria = await studio.member(PIN, granted)
    await maria.proven()
    await maria.shot("after a lock, before a new PIN")
    await maria.tap("Olvidé mi PIN")
    await maria.give_document(maria.document)
    await maria.pass_robot()
    await maria.world.post()
    await maria.say(maria.right_code())
    await maria.shot("the number that the cooperative gave")
    await maria.say("hola")
    await maria.shot("that is no such number")
    await maria.say("00000000")
    await maria.shot("another number than hers")
    await maria.say("00000000")
    await maria.shot("another number than hers, one try left")
    numbers = HelpNumbers(Seal(SECRETS.help_numbers))
    await maria.say(numbers.spoken(maria.member_id, soon))
    await maria.choose_pin(NEW)
    await maria.shot("a new PIN at the cooperative's word")
