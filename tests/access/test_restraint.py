"""What holds tries back: each control many times at once, and what happens without it."""

import asyncio
from datetime import timedelta

import pytest

from domain.access.outcomes import GoOn, Wait
from domain.access.pacing import Backoff
from domain.members import Document, DocumentType
from tests.access import broken
from tests.access.plain_pins import PlainPins
from tests.access.test_brute_force import at_door
from tests.access.world import PIN, World

WRONG = "9046"
ME = 77
AT_ONCE = 50


async def outcome(world: World, account: int, number: str, pin: str = WRONG) -> object:
    """Document and PIN from one account; what came of the PIN."""
    document = Document(DocumentType.CC, number)
    attempt = await at_door(world, account, lambda d, v: d.documents.present(v, document))
    return await at_door(world, account, lambda d, v: d.pins.check(v, attempt, pin))


# Waiting between tries


async def try_at_once(world: World, number: str) -> int:
    """A PIN each from many accounts on one document; how many were judged."""
    tries = (outcome(world, 1000 + n, number) for n in range(AT_ONCE))
    found = await asyncio.gather(*tries)
    assert all(isinstance(each, GoOn | Wait) for each in found)
    return sum(isinstance(each, GoOn) for each in found)


@pytest.mark.parametrize("number", ["40123123", "40999999"])
async def test_of_many_tries_at_once_one_is_judged(world: World, number: str) -> None:
    world.pins = PlainPins()
    await world.enrol()
    assert await try_at_once(world, number) == 1


async def test_without_the_pace_many_are_judged(world: World) -> None:
    world.pins = PlainPins()
    await world.enrol()
    world.open_doorway = broken.with_change(broken.unpaced)
    assert await try_at_once(world, "40123123") == AT_ONCE


@pytest.mark.parametrize("number", ["40123123", "40999999"])
async def test_each_wait_is_longer_up_to_an_hour(world: World, number: str) -> None:
    """30 seconds, 2, 8 and 32 minutes, and then an hour each time; the same for nobody."""
    world.pins = PlainPins()
    await world.enrol()
    assert isinstance(await outcome(world, 1, number), GoOn)
    for n, pause in enumerate((30, 120, 480, 1920, 3600, 3600), 2):
        world.clock.forward(seconds=pause - 1)
        early = await outcome(world, n, number)
        assert early == Wait(world.clock.now() + timedelta(seconds=1))
        world.clock.forward(seconds=1)
        assert isinstance(await outcome(world, n, number), GoOn)


async def test_the_members_own_chat_never_waits(world: World) -> None:
    await world.enrol(bound=ME)
    await try_at_once(world, "40123123")
    rosa = world.person(ME)
    await rosa.enter("40123123")
    assert rosa.session is not None


async def test_a_right_pin_makes_wait_as_long_as_a_wrong_one(world: World) -> None:
    """Otherwise the second try would tell of the first."""
    await world.enrol()
    for pin in (PIN, WRONG):
        first = await outcome(world, 1, "40123123", pin)
        second = await outcome(world, 2, "40123123", pin)
        assert (first, second) == (GoOn(), Wait(world.clock.now() + timedelta(seconds=30)))
        world.clock.forward(days=1)


async def test_the_wait_is_told_and_what_was_touched_stays(world: World) -> None:
    await world.enrol()
    await outcome(world, 1, "40123123")
    rosa = world.person(ME)
    await rosa.give_document("40123123")
    await rosa.press(PIN)
    assert "Espere 30 segundos" in rosa.screen
    assert "● ● ● ●" in rosa.screen
    world.clock.forward(seconds=30)
    await rosa.tap("Entrar")
    await rosa.be_human()
    await world.deliver()
    await rosa.say(world.mailbox.codes[-1])
    assert rosa.session is not None


async def test_entering_ends_the_waiting(world: World) -> None:
    await world.enrol()
    await world.person(ME).enter("40123123")
    assert isinstance(await outcome(world, 2, "40123123"), GoOn)


def test_the_waits_that_a_cooperative_may_set() -> None:
    minute = timedelta(minutes=1)
    assert Backoff(minute, 3 * minute).pauses == (minute, 3 * minute)
    assert Backoff(3 * minute, minute).pauses == (minute,)
    assert [Backoff(minute, 5 * minute).after(n) for n in (1, 2, 3, 99)] == [
        minute,
        4 * minute,
        5 * minute,
        5 * minute,
    ]


# Failures of one account in a day


# Wrong codes in a day


# Spraying


# Alarms


# The owner hears of it


# From outside


# What is written down
