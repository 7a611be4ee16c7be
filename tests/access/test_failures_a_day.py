"""Failures and wrong codes of a day: counted for each account and each member."""

import asyncio

import pytest

from domain.access.attempts import Attempt
from domain.access.restraint import TooManyCodes, TooManyFailures
from tests.access import broken
from tests.access.test_brute_force import at_door
from tests.access.test_restraint import AT_ONCE, ME, WRONG, outcome
from tests.access.world import NO_PAUSE, PIN, World


def nobodys_attempt(world: World, account: int, number: int) -> Attempt:
    now = world.clock.now()
    return Attempt(f"a{number}", account, account, None, f"key{number}", False, now)


async def hold_back(world: World, account: int, number: int) -> object:
    try:
        return await at_door(
            world,
            account,
            lambda d, v: d.pins.restraint.hold_back(v, nobodys_attempt(world, account, number)),
        )
    except TooManyFailures as limit:
        return limit


async def fail_at_once(world: World) -> int:
    """Tries of one account on as many documents, at once; how many went on to be judged."""
    found = await asyncio.gather(*(hold_back(world, 1, n) for n in range(AT_ONCE)))
    return sum(each is None for each in found)


async def test_ten_failures_of_an_account_in_a_day(world: World) -> None:
    assert await fail_at_once(world) == world.policies.failures_per_day
    world.clock.forward(days=1)
    assert await fail_at_once(world) == world.policies.failures_per_day


async def test_without_the_allowance_an_account_fails_on(world: World) -> None:
    world.open_doorway = broken.with_change(
        broken.restraint(allowances=broken.UnlimitedAllowances())
    )
    assert await fail_at_once(world) == AT_ONCE


async def test_too_many_failures_are_told_kindly_and_tomorrow_is_another_day(world: World) -> None:
    await world.enrol(bound=ME)
    world.with_policies(failures_per_day=2, pin_tries=9)
    rosa = world.person(ME)
    await rosa.give_document("40123123")
    await rosa.press(WRONG)
    await rosa.press(WRONG)
    await rosa.press(PIN)
    assert "varios intentos que no resultaron" in rosa.screen
    world.clock.forward(days=1)
    await rosa.tap("Empezar de nuevo")
    await rosa.enter("40123123")
    assert rosa.session is not None


async def test_entries_that_succeed_are_no_failures(world: World) -> None:
    await world.enrol(bound=ME)
    world.with_policies(failures_per_day=2, codes_per_hour=99, wrong_codes_per_day=2)
    rosa = world.person(ME)
    for _ in range(5):
        await rosa.enter("40123123")
        assert rosa.session is not None
        await rosa.say("/salir")


async def test_a_right_pin_alone_is_not_given_back(world: World) -> None:
    """Or the tenth failure would tell a stranger which of the tries before was right."""
    world.with_policies(**NO_PAUSE)
    for right in (True, False):
        number = f"4012312{int(right)}"
        await world.enrol(number=number, email=f"{number}@correo.example")
        account = 100 + int(right)
        await outcome(world, account, number, PIN if right else WRONG)
        for n in range(9):
            await outcome(world, account, "40999999" if n % 2 else "40999998")
        with pytest.raises(TooManyFailures):
            await outcome(world, account, "40999999")


async def guess_through_the_day(world: World) -> int:
    """Somebody knows the PIN but not the mailbox: every code that may be asked for, each hour."""
    await world.enrol()
    judged = 0
    for hour in range(12):
        thief = world.person(1000 + hour)
        await thief.give_document("40123123")
        await thief.press(PIN)
        await thief.be_human()
        for _ in range(3):
            await world.deliver()
            right = world.mailbox.codes[-1] if world.mailbox.codes else "1"
            for n in range(1, 4):
                await thief.say(f"{(int(right) + n) % 10**6:06}")
                judged += "Le queda" in thief.screen or "ya no sirve" in thief.screen
            if "Por hoy es suficiente" in thief.screen:
                break
            await thief.tap("¿No le llega")
            await thief.tap("Enviar otro código")
        world.clock.forward(hours=1)
    return judged


async def test_ten_wrong_codes_a_day_however_many_are_sent(world: World) -> None:
    assert await guess_through_the_day(world) == world.policies.wrong_codes_per_day


async def test_without_the_days_limit_codes_are_guessed_on(world: World) -> None:
    world.open_doorway = broken.with_change(
        broken.restraint(allowances=broken.UnlimitedAllowances())
    )
    assert await guess_through_the_day(world) > 30


async def take_codes_at_once(world: World) -> int:
    attempt = nobodys_attempt(world, 1, 1)
    tries = (
        at_door(world, 1, lambda d, v: d.proofs.restraint.take_code(v, attempt))
        for _ in range(AT_ONCE)
    )
    found = await asyncio.gather(*tries, return_exceptions=True)
    assert all(each is None or isinstance(each, TooManyCodes) for each in found)
    return sum(each is None for each in found)


async def test_ten_wrong_codes_also_when_all_come_at_once(world: World) -> None:
    assert await take_codes_at_once(world) == world.policies.wrong_codes_per_day


async def test_strangers_do_not_use_up_the_members_own_codes(world: World) -> None:
    await world.enrol(bound=ME)
    world.with_policies(wrong_codes_per_day=3)
    thief = world.person(1)
    await thief.ask_code("40123123", PIN)
    for _ in range(5):
        await thief.say("000000")
    rosa = world.person(ME)
    await rosa.enter("40123123")
    assert rosa.session is not None
