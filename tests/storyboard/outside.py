"""Without a session: a forgotten PIN, asking for help, barring an access, and the letters."""

import pyotp
from sqlalchemy import update

from domain.access.letters import MailKind
from domain.access.totp import Holder, Seed
from storage.access.totp import AuthenticatorRepository
from storage.post.queue import MailQueueRepository
from storage.schema import authenticator, credential
from tests.journeys.member import PIN
from tests.storyboard.actors import Actor
from tests.storyboard.outside_forgot import (
    forgotten,
    second_proof_fails,
    stranger_forgot,
    to_forgot_code,
    to_second,
    vouched_for,
)
from tests.storyboard.studio import SECRETS, Studio

SEED = Seed("JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP")
OTHER_NUMBER = "3104567890"


async def give_app(studio: Studio, actor: Actor, seed: Seed = SEED) -> pyotp.TOTP:
    """An authenticator of the member, confirmed yesterday."""
    async with studio.world.database.unit() as connection:
        kept = AuthenticatorRepository(connection, SECRETS.seeds)
        holder, now = Holder(member_id=actor.member_id), studio.world.clock.now()
        await kept.begin(holder, seed, now)
        await kept.confirm(holder, 1, now)
    return pyotp.TOTP(seed.secret)


async def help_asked(studio: Studio) -> None:
    maria = await studio.member(PIN)
    await maria.say("/start")
    await maria.tap("Pedir ayuda")
    await maria.tap("Sí, autorizo")
    await maria.shot("asking for help: the document")
    await maria.tap("Otro documento")
    await maria.shot("the less usual documents")
    await maria.tap("Cambiar el tipo")
    await maria.shot("the usual ones again")
    await maria.give_document(maria.document)
    await maria.shot("the name")
    await maria.say("12")
    await maria.shot("that is no name")
    await maria.say("María Eugenia Ñáñez")
    await maria.shot("what happens")
    await maria.tap("No me llegan")
    await maria.shot("the number of the request")
    await maria.mail("the request was received", "solicitud")
    for _ in range(3):
        await maria.say("/start")
        await maria.tap("Pedir ayuda")
        await maria.give_document(maria.document)
        await maria.say("María Eugenia Ñáñez")
        await maria.tap("Mi PIN")
    await maria.shot("a fourth request in a day")
    await _help_elsewhere(studio)


async def _help_elsewhere(studio: Studio) -> None:
    rosa = await studio.member(PIN)
    await rosa.say("/start")
    await rosa.tap("Pedir ayuda")
    await rosa.tap("Sí, autorizo")
    await rosa.tap("Cédula de ciudadanía")
    await rosa.shot("asking for help: the number")
    elena = await studio.member(PIN)
    await to_second(elena)
    await elena.tap("Pedir ayuda")
    await elena.shot("the document is known already")
    studio.world.clock.forward(minutes=16)
    await elena.say("Elena Cuaderno")
    await elena.tap("No entiendo")
    await elena.shot("too late for a request")


async def robbed(studio: Studio) -> None:
    maria = await studio.member(PIN, {"bound": True})
    await maria.say("/robo")
    await maria.shot("/robo in the member's own chat")
    await maria.tap("Me robaron: bloquear ya")
    await maria.shot("barred with one tap")
    await maria.mail("barred", "bloqueado")
    rosa = await studio.member(PIN, {"bound": True, "locked_at": studio.world.clock.now()})
    await rosa.say("/robo")
    await rosa.tap("Me robaron: bloquear ya")
    await rosa.shot("barred before, by the cooperative")


async def robbed_from_anywhere(studio: Studio) -> None:
    maria = await studio.member(PIN, {"bound": True})
    await maria.say("/start")
    other = studio.elsewhere(maria)
    await other.say("/robo")
    await other.shot("/robo in any other chat")
    await other.tap("con mi documento")
    await other.shot("whose access: the document")
    await other.tap("Otro documento")
    await other.shot("the less usual documents")
    await other.tap("Cambiar el tipo")
    await other.tap("Cédula de ciudadanía")
    await other.shot("the number")
    await other.say(other.document)
    await other.shot("the birth date")
    await other.say("ayer")
    await other.shot("that is no date")
    await other.say("1/1/1950")
    await other.shot("received; the same whether it matched or not")
    await other.mail("the birth date was another", "avisó de un robo")
    for born in ("12/4/1958", "1/1/1950", "1/1/1950"):
        await other.say("/robo")
        await other.tap("con mi documento")
        await other.give_document(other.document)
        await other.say(born)
    await other.shot("a fourth report in a day")
    await maria.note("her own chat is told", "alguien avisó de un robo")


async def new_account(studio: Studio) -> None:
    maria = await studio.inside()
    studio.world.clock.forward(minutes=1)
    other = studio.elsewhere(maria)
    await other.proven()
    await maria.note("entered from another Telegram", "desde otro Telegram")
    await maria.mail("entered from another Telegram", "otro Telegram")
    note = maria.notes("entraron a su oficina virtual desde otro Telegram")[-1]
    await maria.phone.old_tap(note, "🚨 No fui yo: bloquear ya")
    await maria.shot("it was not her")
    await maria.note("the note, once the access is barred", "entraron a su oficina virtual desde")
    await studio.look_round()
    await other.shot("the other chat")
    await other.phone.send_data(note["reply_markup"]["inline_keyboard"][0][0]["callback_data"])
    await other.shot("the other chat presses the note's button")
    stranger = await studio.stranger()
    await stranger.say("/start")
    await stranger.phone.send_data(note["reply_markup"]["inline_keyboard"][0][0]["callback_data"])
    await stranger.shot("a stranger presses it")


async def with_app(studio: Studio) -> None:
    maria = await studio.member(PIN, {"bound": True})
    app = await give_app(studio, maria)
    await maria.at_code()
    await maria.shot("entering with an authenticator")
    code = app.at(studio.world.clock.now())
    for _ in range(3):
        await maria.say("000000")
    await maria.shot("three wrong codes of an authenticator")
    await maria.tap("No le sirve")
    await maria.shot("help with the code of an authenticator")
    await maria.tap("Intentar otra vez")
    await maria.shot("three more tries")
    await maria.say(code)
    await maria.say("/salir")
    await maria.at_code()
    await maria.say(code)
    await maria.shot("a code that served already")
    await maria.mail("a code that served already", "otra vez un código")
    async with studio.world.database.unit() as connection:
        mine = update(authenticator).where(authenticator.c.member_id == maria.member_id)
        await connection.execute(mine.values(failures_own=10))
    await maria.say("000000")
    await maria.shot("ten wrong codes of an authenticator")


async def other_letters(studio: Studio) -> None:
    """Why somebody cannot choose a new PIN, and what the operator did."""
    maria = await studio.member(PIN, {"locked_at": studio.world.clock.now()})
    await to_forgot_code(maria)
    await maria.mail("no new PIN while barred", "bloqueado")
    rosa = await studio.member(PIN, status="inactive")
    await to_forgot_code(rosa)
    await rosa.mail("no new PIN for an inactive member", "inactiva")
    elena = await studio.member()
    await to_forgot_code(elena)
    await elena.mail("there is no PIN to forget", "no tiene un PIN")
    async with studio.world.database.unit() as connection:
        mail = MailQueueRepository(connection)
        for kind in (MailKind.RESET_GRANTED, MailKind.RECOVERY_USED):
            await mail.notify(kind, maria.member_id, studio.world.clock.now())
        await connection.execute(update(credential).values(failures_bound=0))
    await maria.mail("the cooperative vouches for her", "escoger un PIN nuevo")
    await maria.mail("a recovery code was used", "recuperación")


SCENES = (
    *(forgotten, second_proof_fails, stranger_forgot, vouched_for, help_asked, robbed),
    *(robbed_from_anywhere, new_account, with_app, other_letters),
)
