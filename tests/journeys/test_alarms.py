"""Attacks from outside, as employees and members live through them."""

from bot.chores import Herald
from domain.staff.people import Role
from storage.access.failures import FailureCountRepository
from tests.journeys.employee import ELENA, PEDRO, StaffPhone, at_phone
from tests.journeys.member import DOCUMENT, PIN, MemberPhone, World

STRANGER = 500


async def say_aloud(world: World) -> None:
    """What the office does by itself with alarms."""
    await Herald(world.database, world.clock).announce()
    await world.deliver()


async def wrong_pins_of_strangers(world: World, failures: int) -> None:
    """As many wrong PINs as that, on documents all over the place."""
    async with world.database.unit() as connection:
        await FailureCountRepository(connection).add(world.clock.now(), failures)


async def at_work(world: World, number: int, name: str, role: Role) -> StaffPhone:
    phone = at_phone(world, number)
    await phone.join(name, role)
    return phone


async def give_pin(person: MemberPhone, pin: str) -> None:
    await person.authorise()
    await person.give_document()
    await person.press(pin)


async def test_employees_hear_of_spraying_once_and_strangers_wait(phone, world):
    elena = await at_work(world, ELENA, "Elena Prueba", Role.SUPPORT)
    luz = await at_work(world, PEDRO, "Luz Tiza", Role.VERIFIER)
    await phone.first_entry()
    await phone.leave()
    usual = world.cooperative.policies.usual_failures
    await wrong_pins_of_strangers(world, 5 * usual)
    stranger = world.member(STRANGER)
    await give_pin(stranger, "1397")
    await say_aloud(world)
    (note,) = elena.notes("Están probando documentos")
    assert DOCUMENT not in note["text"]
    assert luz.notes("Están probando documentos") == []
    late = world.member(STRANGER + 1)
    await give_pin(late, "1397")
    assert "Espere 60 segundos" in late.screen
    await say_aloud(world)
    assert len(elena.notes("Están probando documentos")) == 1
    await phone.enter(PIN)
    assert "Hola, María" in phone.screen
    world.clock.forward(seconds=61)
    await late.tap("Entrar")
    assert "Toque el dibujo" in late.screen


async def test_employees_hear_of_a_lock_from_outside_and_the_member_enters(phone, world):
    elena = await at_work(world, ELENA, "Elena Prueba", Role.SUPPORT)
    await phone.first_entry()
    await phone.leave()
    for account in range(STRANGER, STRANGER + 5):
        await give_pin(world.member(account), "1397")
        world.clock.forward(hours=1, minutes=1)
    await say_aloud(world)
    (note,) = elena.notes("Agotaron los intentos")
    assert "CC •••••123" in note["text"]
    assert DOCUMENT not in note["text"]
    await phone.enter(PIN)
    assert "Hola, María" in phone.screen
