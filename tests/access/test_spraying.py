"""Many documents tried at once: the brake, the alarm, and who is not held back."""

import asyncio
from datetime import timedelta

from sqlalchemy import func, select

from domain.access.outcomes import GoOn, Wait
from domain.alarms import AlarmKind
from storage.alarms import AlarmRepository
from storage.schema import alarm, credential
from tests.access import broken
from tests.access.plain_pins import PlainPins
from tests.access.test_restraint import ME, outcome
from tests.access.world import NO_PAUSE, World


async def kinds(world: World) -> list[str]:
    return [row.kind for row in await world.rows(alarm)]


async def spray(world: World, accounts: int) -> int:
    """One PIN from each account on a document of its own, half of them members'; how many were
    judged."""
    world.pins = PlainPins()
    world.with_policies(usual_failures=4)
    for n in range(0, accounts, 2):
        await world.enrol(number=f"30{n:06}", email=f"m{n}@correo.example")
    found = [await outcome(world, 1000 + n, f"30{n:06}") for n in range(accounts)]
    return sum(isinstance(each, GoOn) for each in found)


MOST_SPRAYED = 5 * 4 + 1


async def test_spraying_is_braked_and_the_alarm_raised_once(world: World) -> None:
    assert await spray(world, 60) == MOST_SPRAYED
    assert await kinds(world) == [AlarmKind.SPRAYING]


async def test_without_the_brake_all_are_judged_and_nobody_hears_of_it(world: World) -> None:
    loose = broken.NoBrake(None, None, world.policies)  # type: ignore[arg-type]
    world.open_doorway = broken.with_change(broken.restraint(brake=loose))
    assert await spray(world, 60) == 60
    assert await kinds(world) == []


async def test_under_the_brake_a_minute_after_the_document_the_pin_is_judged(world: World) -> None:
    await spray(world, 30)
    await world.enrol(number="40123123", pin=None)
    world.pins = PlainPins()
    rosa = world.person(ME)
    await rosa.give_document("40123123")
    await rosa.press("19580305")
    assert "Espere 60 segundos" in rosa.screen
    world.clock.forward(seconds=60)
    await rosa.tap("Entrar")
    assert "persona" in rosa.screen


async def test_the_brake_leaves_bound_chats_alone(world: World) -> None:
    await spray(world, 30)
    await world.enrol(number="40123123", bound=ME)
    rosa = world.person(ME)
    await rosa.enter("40123123")
    assert rosa.session is not None


async def lock_many(world: World, members: int) -> list[str]:
    """Members with chats of their own, whose tries strangers have used up; their documents."""
    world.pins = PlainPins()
    world.with_policies(usual_failures=1_000, documents_per_day=members, failures_per_day=members)
    numbers = [f"32{n:06}" for n in range(members)]
    for n, number in enumerate(numbers):
        await world.enrol(number=number, bound=2_000 + n, email=f"m{n}@correo.example")
    for account in range(1, world.policies.pin_tries + 1):
        for number in numbers:
            await outcome(world, account, number)
        world.clock.forward(hours=1)
    return numbers


async def test_whoever_locks_many_members_keeps_none_from_their_own_chat(world: World) -> None:
    numbers = await lock_many(world, 25)
    async with world.database.unit() as connection:
        lost = select(func.count()).where(credential.c.failures_unbound >= 5)
        assert await connection.scalar(lost) == len(numbers)
    for n, number in enumerate(numbers):
        rosa = world.person(2_000 + n)
        await rosa.enter(number)
        assert rosa.session is not None


async def test_the_brake_is_let_off_when_it_has_been_calm(world: World) -> None:
    await spray(world, 30)
    assert isinstance(await outcome(world, 1, "40777777"), Wait)
    world.clock.forward(minutes=11)
    assert isinstance(await outcome(world, 1, "40777777"), GoOn)


async def test_a_busy_office_is_no_attack(world: World) -> None:
    """The same failures in ten minutes, after a week in which they were usual."""
    world.pins = PlainPins()
    world.with_policies(usual_failures=4)
    async with world.database.unit() as connection:
        counts = world.open_doorway(connection, world.secrets, world.pins, world.policies)
        for hours in range(1, 160):
            at = world.clock.now() - timedelta(hours=hours)
            await counts.pins.restraint.brake.counts.add(at, 60)
    found = [await outcome(world, 1000 + n, f"31{n:06}") for n in range(40)]
    assert all(isinstance(each, GoOn) for each in found)
    assert await kinds(world) == []


async def test_a_lock_from_outside_raises_one_alarm(world: World) -> None:
    """Of a document as well that is nobody's: an alarm must not tell the one who rings it."""
    world.with_policies(**NO_PAUSE)
    world.pins = PlainPins()
    member_id = await world.enrol()
    for number in ("40123123", "40999999"):
        await asyncio.gather(*(outcome(world, 1000 + n, number) for n in range(30)))
        world.clock.forward(hours=1)
    rows = await world.rows(alarm)
    assert [row.kind for row in rows] == [AlarmKind.LOCKED] * 2
    assert [row.params for row in rows] == [f'{{"member": {member_id}}}', '{"member": null}']


async def test_an_alarm_is_told_once_by_one_of_many(world: World) -> None:
    async def announce() -> int:
        async with world.database.unit() as connection:
            return len(await AlarmRepository(connection).take_untold(world.clock.now()))

    async def raise_one() -> None:
        async with world.database.unit() as connection:
            alarms = AlarmRepository(connection)
            await alarms.raise_alarm(AlarmKind.LOCKED, {"member": 1}, world.clock.now())

    await asyncio.gather(*(raise_one() for _ in range(20)))
    assert await kinds(world) == [AlarmKind.LOCKED]
    assert sum(await asyncio.gather(*(announce() for _ in range(10)))) == 1
    world.clock.forward(minutes=10)
    await raise_one()
    assert await announce() == 1
