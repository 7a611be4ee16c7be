"""The usual ways in."""

from datetime import date, timedelta

from storage.schema import audit, chat_message, credential, entry_attempt, mail, session
from tests.access.mailbox import text_of
from tests.access.world import FIRST_KEY, PIN, World

SOMEBODY = 77


async def test_a_member_enters_with_document_pin_and_code(world: World) -> None:
    member_id = await world.enrol()
    rosa = world.person(SOMEBODY)
    await rosa.enter("40.123.123")
    assert "Hola, Rosa" in rosa.screen
    (row,) = await world.rows(session)
    assert (row.member_id, row.chat_id, row.ended_at) == (member_id, SOMEBODY, None)
    assert len(row.id) == 32
    (kept,) = await world.rows(credential)
    assert (kept.telegram_id, kept.last_entry_at) == (SOMEBODY, world.clock.now())
    assert kept.failures_unbound == 0


async def test_the_first_entry_ends_with_a_pin_of_ones_own(world: World) -> None:
    await world.enrol(pin=None)
    rosa = world.person(SOMEBODY)
    await rosa.enter("40123123", FIRST_KEY)
    assert "Escoja su PIN" in rosa.screen
    assert await world.rows(session) == []
    await rosa.press(PIN, "Seguir")
    assert "Repita su PIN" in rosa.screen
    await rosa.press("7290", "Seguir")
    assert "no son iguales" in rosa.screen
    await rosa.press(PIN, "Seguir")
    await rosa.press(PIN, "Seguir")
    assert "Hola, Rosa" in rosa.screen
    await rosa.say("/salir")
    await rosa.enter("40123123")
    assert "Hola, Rosa" in rosa.screen


async def test_the_first_key_opens_nothing_but_the_choice_of_a_pin(world: World) -> None:
    await world.enrol(pin=None)
    rosa = world.person(SOMEBODY)
    await rosa.enter("40123123", FIRST_KEY)
    for word in ("/menu", "/start", "mi saldo"):
        await rosa.say(word)
        assert rosa.session is None
    assert await world.rows(session) == []


async def test_weak_pins_are_refused_with_the_reason(world: World) -> None:
    await world.enrol(pin=None, birth_date=date(1958, 3, 25))
    rosa = world.person(SOMEBODY)
    await rosa.enter("40123123", "19580325")
    for pin, reason in (
        ("1234", "fácil de adivinar"),
        ("5803", "fecha de nacimiento"),
        ("4012", "documento"),
        ("0456", "celular"),
    ):
        await rosa.press(pin, "Seguir")
        assert reason in rosa.screen
    assert (await world.rows(credential))[0].pin_hash is None


async def test_the_first_key_expires(world: World) -> None:
    await world.enrol(pin=None)
    world.clock.instant += world.policies.first_key_life
    rosa = world.person(SOMEBODY)
    await rosa.ask_code("40123123", FIRST_KEY)
    assert "Revise su correo" in rosa.screen
    await world.deliver()
    assert world.mailbox.subjects == ["Su primera clave de El Tablero ya venció"]


async def test_the_birth_date_does_not_open_once_there_is_a_pin(world: World) -> None:
    await world.enrol()
    rosa = world.person(SOMEBODY)
    await rosa.ask_code("40123123", FIRST_KEY)
    await world.deliver()
    assert world.mailbox.codes == []
    assert "PIN equivocado" in world.mailbox.subjects[0]


async def test_entering_elsewhere_ends_the_other_session(world: World) -> None:
    await world.enrol()
    first, second = world.person(1), world.person(2)
    await first.enter("40123123")
    await second.enter("40123123")
    rows = {row.chat_id: row for row in await world.rows(session)}
    assert rows[1].end_reason == "entered_elsewhere"
    assert rows[2].ended_at is None
    await first.say("/menu")
    assert first.session is None


async def test_an_attempt_does_not_live_for_ever(world: World) -> None:
    await world.enrol()
    rosa = world.person(SOMEBODY)
    await rosa.give_document("40123123")
    world.clock.instant += world.policies.attempt_life
    await rosa.press(PIN)
    assert "Se acabó el tiempo" in rosa.screen
    await rosa.tap("Empezar de nuevo")
    assert "Bienvenido" in rosa.screen


async def test_a_code_expires(world: World) -> None:
    await world.enrol()
    rosa = world.person(SOMEBODY)
    await rosa.ask_code("40123123", PIN)
    await world.deliver()
    world.clock.instant += world.policies.code_life
    await rosa.say(world.mailbox.codes[0])
    assert "No pudimos comprobar" in rosa.screen
    await rosa.tap("¿No le llega")
    await rosa.tap("Enviar otro código")
    await world.deliver()
    await rosa.say(world.mailbox.codes[1])
    assert "Hola, Rosa" in rosa.screen


async def test_a_new_code_kills_the_one_before(world: World) -> None:
    await world.enrol()
    rosa = world.person(SOMEBODY)
    await rosa.ask_code("40123123", PIN)
    await world.deliver()
    await rosa.tap("¿No le llega")
    await rosa.tap("Enviar otro código")
    await rosa.say(world.mailbox.codes[0])
    assert "No pudimos comprobar" in rosa.screen
    await world.deliver()
    await rosa.say(world.mailbox.codes[1])
    assert rosa.session is not None


async def test_only_a_bound_chat_sees_the_masked_address(world: World) -> None:
    await world.enrol(bound=SOMEBODY)
    known, stranger = world.person(SOMEBODY), world.person(SOMEBODY + 1)
    await known.ask_code("40123123", PIN)
    assert "r•••@c•••.example" in known.screen
    await stranger.ask_code("40123123", PIN)
    assert "•••@" not in stranger.screen


async def test_a_bound_member_without_an_address_is_told(world: World) -> None:
    await world.enrol(bound=SOMEBODY, email=None)
    rosa = world.person(SOMEBODY)
    await rosa.ask_code("40123123", PIN)
    assert "No tenemos registrado un correo" in rosa.screen
    await world.deliver()
    assert world.mailbox.letters == []


async def test_inactive_members_are_told_once_proven(world: World) -> None:
    await world.enrol(status="inactive")
    rosa = world.person(SOMEBODY)
    await rosa.enter("40123123")
    assert "afiliación está inactiva" in rosa.screen
    assert await world.rows(session) == []


async def test_blocked_members_are_told_once_proven(world: World) -> None:
    await world.enrol(access={"locked_at": world.clock.now()})
    rosa = world.person(SOMEBODY)
    await rosa.enter("40123123")
    assert "acceso está bloqueado" in rosa.screen
    assert await world.rows(session) == []


async def test_what_was_typed_is_thrown_away(world: World) -> None:
    await world.enrol()
    rosa = world.person(SOMEBODY)
    await rosa.enter("40123123")
    assert len(await world.rows(chat_message)) == 2


async def test_every_event_is_audited_once(world: World) -> None:
    await world.enrol(pin=None)
    rosa = world.person(SOMEBODY)
    await rosa.enter("40123123", FIRST_KEY)
    await rosa.press(PIN, "Seguir")
    await rosa.press(PIN, "Seguir")
    rows = [(row.action, row.result) for row in await world.rows(audit)]
    assert rows == [
        ("consent", "done"),
        ("pin", "done"),
        ("pin_set", "done"),
        ("entry", "done"),
    ]


async def test_the_letter_says_where_its_code_belongs(world: World) -> None:
    await world.enrol()
    await world.person(SOMEBODY).ask_code("40123123", PIN)
    await world.deliver()
    (letter,) = world.mailbox.letters
    text = text_of(letter)
    assert "@eltablero_bot" in text
    assert "Nunca le pediremos este código por teléfono" in text
    assert letter["To"] == "rosa@correo.example"
    assert letter.get_body(("html",)) is not None


async def test_queue_rows_hold_no_words(world: World) -> None:
    await world.enrol()
    await world.person(SOMEBODY).ask_code("40123123", PIN)
    (row,) = await world.rows(mail)
    assert (row.kind, row.payload) == ("code", "{}")
    await world.deliver()
    (attempt,) = await world.rows(entry_attempt)
    assert len(attempt.code_hash) == 64
    assert attempt.code_expires_at == world.clock.now() + timedelta(minutes=5)
