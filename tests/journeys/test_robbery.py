"""Barring an access: one tap in one's own chat, a note's button, document and birth date."""

from sqlalchemy import select, update

from bot.commands_access import unlock
from bot.warden import Warden
from domain.members import DocumentType
from storage.schema import credential, member, session, ticket
from tests.journeys.member import DOCUMENT, PIN
from tests.journeys.test_unlocking import settings

__all__ = ["settings"]

BUTTON = "Me robaron: bloquear ya"


async def rows(world, table):
    async with world.database.unit() as connection:
        return (await connection.execute(select(table))).all()


async def locked(world):
    (row,) = [r for r in await rows(world, credential) if r.member_id == 1]
    return row.locked_at


async def look_round(world):
    await Warden(world.replicas[0].office.desk).look_round()


async def test_one_tap_before_entering(phone, world):
    await phone.first_entry()
    await phone.leave()
    await phone.say("/start")
    await phone.tap(BUTTON)
    assert "Su acceso quedó bloqueado" in phone.screen
    assert "T-2026-000001" in phone.screen
    assert await locked(world) == world.clock.now()
    (filed,) = await rows(world, ticket)
    assert (filed.kind, filed.member_id, filed.state) == ("robbery", 1, "open")
    await world.post()
    assert "quedó bloqueado" in world.mails()[-1].subject


async def test_one_tap_inside_ends_the_session(phone, world):
    await phone.inside()
    await phone.tap("Mi estado de cuenta")
    await phone.say("/menu")
    await phone.tap("Seguridad")
    await phone.tap(BUTTON)
    assert "Su acceso quedó bloqueado" in phone.screen
    assert not [m for m in phone.phone.messages if "$" in m.get("text", "")]
    (row,) = await rows(world, session)
    assert (row.end_reason, row.ended_at) == ("blocked", world.clock.now())
    await phone.restart()
    assert "¡Bienvenido" in phone.screen


async def test_the_button_of_an_old_screen_still_acts(phone, world):
    await phone.first_entry()
    await phone.leave()
    await phone.say("/start")
    old = phone.phone.message
    await phone.tap("Entrar")
    await phone.phone.old_tap(old, "🚨 Me robaron: bloquear ya")
    assert "Su acceso quedó bloqueado" in phone.screen
    assert await locked(world)


async def test_a_second_press_files_nothing_more(phone, world):
    await phone.first_entry()
    await phone.leave()
    await phone.say("/start")
    old = phone.phone.message
    await phone.tap(BUTTON)
    await phone.phone.old_tap(old, "🚨 Me robaron: bloquear ya")
    assert "T-2026-000001" in phone.screen
    assert len(await rows(world, ticket)) == 1


async def test_who_was_barred_by_the_cooperative_is_told_so(phone, world):
    await phone.first_entry()
    await phone.leave()
    async with world.database.unit() as connection:
        await connection.execute(update(credential).values(locked_at=world.clock.now()))
    await phone.say("/start")
    world.clock.forward(minutes=1)
    await phone.tap(BUTTON)
    assert "ya estaba bloqueado" in phone.screen
    assert await rows(world, ticket) == []
    await phone.restart()
    assert "¡Bienvenido" in phone.screen


async def test_the_command_shows_the_same_button(phone, world):
    await phone.first_entry()
    await phone.say("/robo")
    assert "queda bloqueado de inmediato" in phone.screen
    await phone.tap("Cancelar")
    assert await locked(world) is None
    await phone.say("/robo")
    await phone.tap(BUTTON)
    assert "Su acceso quedó bloqueado" in phone.screen


async def test_nobody_enters_until_the_cooperative_and_a_new_pin(phone, world, settings):
    async with world.database.unit() as connection:
        await connection.execute(update(member).values(mobile="3000000007"))
    await phone.first_entry()
    await phone.leave()
    await phone.say("/start")
    await phone.tap(BUTTON)
    world.clock.forward(minutes=1)
    await phone.enter(PIN)
    assert "Su acceso está bloqueado" in phone.screen
    assert "🙋 Pedir ayuda" in phone.labels
    await unlock(settings, DocumentType.CC, DOCUMENT)
    world.clock.forward(minutes=1)
    await phone.enter(PIN)
    assert "Debe escoger un PIN nuevo" in phone.screen
    await phone.tap("Olvidé mi PIN")
    await phone.give_document()
    await phone.pass_robot()
    await world.post()
    await phone.say(phone.code())
    await phone.tap("Compartir mi número")
    await phone.choose_pin("8305")
    world.clock.forward(minutes=61)
    await phone.restart()
    await phone.enter("8305")
    assert "Hola, María" in phone.screen


async def test_a_thief_inside_elsewhere_reads_nothing_more(phone, world):
    await phone.first_entry()
    world.clock.forward(minutes=1)
    thief = world.member(8)
    await thief.up_to_code(PIN)
    await thief.say(thief.code())
    await thief.tap("Mi estado de cuenta")
    assert "$" in thief.screen
    await world.deliver()
    (note,) = phone.notes("desde otro Telegram")
    await phone.phone.old_tap(note, "🚨 No fui yo: bloquear ya")
    assert "Su acceso quedó bloqueado" in phone.screen
    await thief.tap("Ahorros")
    assert "$" not in thief.screen
    await look_round(world)
    assert not [m for m in thief.phone.messages if "$" in m.get("text", "")]
    assert "el acceso quedó bloqueado" in "".join(m.get("text", "") for m in thief.phone.messages)


async def test_the_note_says_it_is_done_and_loses_its_button(phone, world):
    await phone.first_entry()
    world.clock.forward(minutes=1)
    other = world.member(8)
    await other.enter(PIN)
    await world.deliver()
    await world.post()
    assert "desde otro Telegram" in world.mails()[-1].subject
    (note,) = phone.notes("desde otro Telegram")
    await phone.phone.old_tap(note, "🚨 No fui yo: bloquear ya")
    await world.deliver()
    (note,) = phone.notes("su acceso está bloqueado")
    assert "reply_markup" not in note
    (filed,) = await rows(world, ticket)
    assert filed.kind == "robbery"
    (row,) = await rows(world, credential)
    assert (row.lock_reason, row.locked_by) == ("stranger", "own_chat")


async def test_the_new_account_cannot_press_the_old_ones_note(phone, world):
    await phone.first_entry()
    world.clock.forward(minutes=1)
    other = world.member(8)
    await other.enter(PIN)
    await world.deliver()
    (note,) = phone.notes("desde otro Telegram")
    data = note["reply_markup"]["inline_keyboard"][0][0]["callback_data"]
    stranger = world.member(99)
    await stranger.say("/start")
    await stranger.phone.send_data(data)
    assert "Este botón ya no sirve" in stranger.phone.toasts[-1].text
    assert await locked(world) is None
    await other.tap("Mi estado de cuenta")
    assert "$" in other.screen


async def test_a_note_of_an_account_that_was_replaced_is_dead(phone, world):
    await phone.first_entry()
    for account in (8, 9):
        world.clock.forward(minutes=1)
        await world.member(account).enter(PIN)
    await world.deliver()
    (note,) = phone.notes("desde otro Telegram")
    await phone.phone.old_tap(note, "🚨 No fui yo: bloquear ya")
    assert "Este botón ya no sirve" in phone.phone.toasts[-1].text
    assert await locked(world) is None
