"""Barring an access: one tap in one's own chat, a note's button, document and birth date."""

from datetime import date

import pytest
from sqlalchemy import select, update

from bot.commands_access import unlock
from bot.warden import Warden
from domain.members import DocumentType
from handlers.kit.dates import read_date
from storage.schema import audit, credential, member, session, ticket
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


async def by_document(phone, born="12/4/1958", document=DOCUMENT):
    await phone.say("/robo")
    await phone.tap("con mi documento")
    await phone.give_document(document)
    await phone.say(born)


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
    await phone.tap("Empezar de nuevo")
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
    await phone.tap("Empezar de nuevo")
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
    await phone.tap("Empezar de nuevo")
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


async def test_from_anywhere_by_document_and_birth_date(phone, world):
    await phone.first_entry()
    other = world.member(50)
    await by_document(other, "12 de abril de 1958")
    assert "Recibimos su aviso" in other.screen
    assert "T-2026-000001" in other.screen
    assert await locked(world) == world.clock.now()
    await phone.tap("Mi estado de cuenta")
    assert "$" not in phone.screen
    await world.deliver()
    await world.post()
    assert phone.notes("alguien avisó de un robo")
    assert "quedó bloqueado" in world.mails()[-1].subject
    typed = [m["text"] for m in other.phone.messages if m["out"]]
    assert typed == ["/robo"]


async def test_unknown_documents_and_wrong_dates_look_the_same(phone, world):
    await phone.first_entry()
    right, wrong, nobody = (world.member(n) for n in (50, 51, 52))
    await by_document(wrong, "5/3/1958")
    await by_document(nobody, document="99887766")
    await by_document(right)
    screens = {
        p.screen[:-1].replace(n, "N")
        for p, n in zip((wrong, nobody, right), ("000001", "000002", "000003"), strict=True)
    }
    assert len(screens) == 1
    await world.post()
    subjects = [mail.subject for mail in world.mails()]
    assert any("Alguien avisó de un robo" in subject for subject in subjects)
    kinds = [row.kind for row in await rows(world, ticket)]
    assert kinds == ["robbery_unproven", "robbery_unproven", "robbery"]


async def test_a_date_nobody_understands_is_asked_again(phone, world):
    await phone.first_entry()
    other = world.member(50)
    await by_document(other, "ayer")
    assert "No entendí esa fecha" in other.screen
    await other.say("19580412")
    assert "Recibimos su aviso" in other.screen
    assert await locked(world)


async def test_three_reports_a_day(world):
    other = world.member(50)
    for _ in range(3):
        await by_document(other, "1/1/1950")
    await by_document(other)
    assert "Ya recibimos varios avisos hoy" in other.screen
    assert len(await rows(world, ticket)) == 3
    world.clock.forward(hours=25)
    await by_document(other)
    assert "Recibimos su aviso" in other.screen


async def test_a_family_that_shares_a_telephone_is_barred_together(phone, world):
    async with world.database.unit() as connection:
        for member_id in (1, 2):
            row = {"member_id": member_id, "telegram_id": 7}
            await connection.execute(credential.insert().values(row))
    await phone.say("/start")
    await phone.tap(BUTTON)
    assert "T-2026-000001, T-2026-000002" in phone.screen
    assert all(row.locked_at for row in await rows(world, credential))


async def test_every_act_is_audited(phone, world):
    await phone.first_entry()
    await phone.say("/robo")
    await phone.tap(BUTTON)
    await by_document(world.member(50), "1/1/1950")
    acts = [(r.action, r.result, r.member_id) for r in await rows(world, audit)]
    assert acts[-2:] == [("block", "done", 1), ("block", "refused", None)]


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("5 de marzo de 1958", date(1958, 3, 5)),
        ("5/3/1958", date(1958, 3, 5)),
        ("05-03-1958", date(1958, 3, 5)),
        ("1958-03-05", date(1958, 3, 5)),
        ("5 mar 1958", date(1958, 3, 5)),
        ("19580305", date(1958, 3, 5)),
        ("05031958", date(1958, 3, 5)),
        ("31/2/1958", None),
        ("marzo", None),
        ("5/3/58", None),
    ],
)
def test_dates_as_people_type_them(typed, read):
    assert read_date(typed) == read
