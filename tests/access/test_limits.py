"""What happens at each limit, told kindly and without betraying who is a member."""

import pytest

from storage.schema import audit, credential, mail, session
from tests.access.world import NO_PAUSE, PIN, World

ME, STRANGER = 77, 88
WRONG = "9046"


async def test_a_bound_chat_hears_that_the_pin_was_wrong(world: World) -> None:
    await world.enrol(bound=ME)
    rosa = world.person(ME)
    await rosa.give_document("40123123")
    for left in ("Le quedan 4", "Le quedan 3", "Le quedan 2", "Le queda 1"):
        await rosa.press(WRONG)
        assert left in rosa.screen
    await rosa.press(WRONG)
    assert "Su PIN quedó bloqueado" in rosa.screen
    await rosa.tap("Empezar de nuevo")
    await rosa.give_document("40123123")
    await rosa.press(PIN)
    assert "Su PIN quedó bloqueado" in rosa.screen
    assert ("lock", "refused") in {(r.action, r.result) for r in await world.rows(audit)}


async def test_an_entry_clears_the_failures(world: World) -> None:
    await world.enrol(bound=ME)
    rosa = world.person(ME)
    await rosa.give_document("40123123")
    await rosa.press(WRONG)
    await rosa.press(PIN)
    await rosa.be_human()
    await world.deliver()
    await rosa.say(world.mailbox.codes[0])
    assert rosa.session is not None
    (row,) = await world.rows(credential)
    assert (row.failures_bound, row.failures_unbound) == (0, 0)


async def lock_from_outside(world: World) -> None:
    for account in range(STRANGER, STRANGER + 7):
        await world.person(account).ask_code("40123123", WRONG)
        world.clock.forward(hours=1)


async def test_a_lock_from_outside_leaves_the_bound_chat_alone(world: World) -> None:
    await world.enrol(bound=ME)
    await lock_from_outside(world)
    rosa = world.person(ME)
    await rosa.enter("40123123")
    assert rosa.session is not None


async def test_the_owner_hears_of_the_lock_once(world: World) -> None:
    await world.enrol()
    await lock_from_outside(world)
    await world.deliver()
    locked = [s for s in world.mailbox.subjects if s.startswith("Bloqueamos los intentos")]
    wrong = [s for s in world.mailbox.subjects if "PIN equivocado" in s]
    assert len(locked) == 1
    assert len(wrong) == world.policies.pin_tries - 1


async def test_beyond_the_limit_even_the_right_pin_is_not_judged(world: World) -> None:
    await world.enrol()
    await lock_from_outside(world)
    late = world.person(STRANGER + 50)
    world.clock.forward(hours=2)
    await late.ask_code("40123123", PIN)
    assert "Revise su correo" in late.screen
    await world.deliver()
    assert world.mailbox.codes == []


@pytest.mark.parametrize("number", ["40123123", "40999999"])
async def test_three_documents_a_day(world: World, number: str) -> None:
    await world.enrol()
    curious = world.person(STRANGER)
    for other in ("1000001", "1000002", "1000003", "1000001"):
        await curious.give_document(other)
        assert "Su PIN" in curious.screen
    await curious.give_document(number)
    assert "Por hoy es suficiente" in curious.screen
    world.clock.forward(days=1)
    await curious.give_document(number)
    assert "Su PIN" in curious.screen


async def test_three_tries_a_code_and_then_another(world: World) -> None:
    await world.enrol()
    rosa = world.person(ME)
    await rosa.ask_code("40123123", PIN)
    await world.deliver()
    right = world.mailbox.codes[0]
    wrong = f"{(int(right) + 1) % 10**6:06}"
    for answer in ("Le quedan 2", "Le queda 1", "ese código ya no sirve"):
        await rosa.say(wrong)
        assert answer in rosa.screen
    await rosa.say(right)
    assert "ese código ya no sirve" in rosa.screen
    await rosa.tap("¿No le llega")
    await rosa.tap("Enviar otro código")
    await world.deliver()
    await rosa.say(world.mailbox.codes[1])
    assert rosa.session is not None


async def test_five_codes_an_hour_and_the_last_one_still_serves(world: World) -> None:
    await world.enrol()
    rosa = world.person(ME)
    await rosa.ask_code("40123123", PIN)
    for _ in range(4):
        await rosa.tap("¿No le llega")
        await rosa.tap("Enviar otro código")
        assert "Listo" in rosa.screen
    await world.deliver()
    await rosa.tap("¿No le llega")
    await rosa.tap("Enviar otro código")
    assert "Ya pidió todos los códigos" in rosa.screen
    await rosa.say(world.mailbox.codes[-1])
    assert rosa.session is not None


async def test_beyond_five_codes_a_new_entry_is_told_to_wait(world: World) -> None:
    await world.enrol(bound=ME)
    rosa = world.person(ME)
    for _ in range(5):
        await rosa.ask_code("40123123", PIN)
    await rosa.ask_code("40123123", PIN)
    assert "Son muchos códigos" in rosa.screen
    world.clock.forward(hours=1)
    await rosa.enter("40123123")
    assert rosa.session is not None


async def test_the_members_limit_is_silent_in_an_unbound_chat(world: World) -> None:
    world.with_policies(**NO_PAUSE)
    await world.enrol()
    for account in range(6):
        person = world.person(STRANGER + account)
        await person.ask_code("40123123", PIN)
        assert "Revise su correo" in person.screen
    await world.deliver()
    assert len(world.mailbox.letters) == world.policies.codes_per_hour


async def test_wrong_pictures_end_the_entry_kindly(world: World) -> None:
    await world.enrol()
    rosa = world.person(ME)
    await rosa.give_document("40123123")
    await rosa.press(PIN)
    for _ in range(2):
        old = rosa.callback(rosa.picture())
        await rosa.tap(rosa.picture(right=False))
        assert "aquí hay otros dibujos" in rosa.screen
        await rosa.send(old)
        assert "Compruebe que usted es una persona" in rosa.screen
    await rosa.tap(rosa.picture(right=False))
    assert "No pudimos comprobarlo" in rosa.screen
    assert await world.rows(mail) == []


async def test_no_step_can_be_skipped(world: World) -> None:
    await world.enrol()
    rosa = world.person(ME)
    await rosa.give_document("40123123")
    run = rosa.callback("Borrar").partition(":")[0]
    for forged in ("ecr", "ert:xxxxxx:0", "kps:xxxxxx", "ecn", "ect", "edk:CC", "kpp:xxxxxx:z"):
        await rosa.send(f"{run}:{forged}")
        assert "Su PIN" in rosa.screen
    assert await world.rows(mail) == []
    assert await world.rows(session) == []


async def test_a_typed_pin_is_not_taken(world: World) -> None:
    await world.enrol()
    rosa = world.person(ME)
    await rosa.give_document("40123123")
    await rosa.say(PIN)
    assert "no escriba su PIN" in rosa.screen
    assert rosa.data["places"] == ""


async def test_keys_of_an_older_keypad_do_not_count(world: World) -> None:
    await world.enrol(bound=ME)
    rosa = world.person(ME)
    await rosa.give_document("40123123")
    old = rosa.callback("7")
    await rosa.press(WRONG)
    await rosa.send(old)
    assert rosa.data["places"] == ""


async def test_the_keypad_takes_four_to_eight_keys(world: World) -> None:
    await world.enrol()
    rosa = world.person(ME)
    await rosa.give_document("40123123")
    await rosa.press("123")
    assert "Le faltan números" in rosa.screen
    await rosa.tap("Borrar")
    assert rosa.data["places"] != ""
    for _ in range(12):
        await rosa.tap("7")
    assert len(rosa.data["places"]) == 8
    await rosa.tap("Cancelar")
    assert "Bienvenido" in rosa.screen
