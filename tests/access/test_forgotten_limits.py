"""Tries at a forgotten PIN are counted, and serve their own attempt only."""

import asyncio
from dataclasses import replace
from typing import Any

from sqlalchemy import update

from domain.access.attempts import Attempt
from domain.access.outcomes import Entered, WrongCode
from domain.access.reset_pin import Vouched
from storage.access.attempts import AttemptRepository
from storage.access.credentials import CredentialRepository
from storage.schema import credential, entry_attempt
from tests.access.test_forgotten import (
    MOBILE,
    NEW,
    at_reset,
    begun,
    choose,
    enters,
    proven,
    vouched,
)
from tests.access.world import World


async def guess_contact(world: World) -> bool:
    """Many wrong numbers at once and then the right one; whether it is taken."""
    await world.enrol()
    attempt = await proven(world)
    wrong = [f"5731045678{n:02}" for n in range(10, 20)]
    await asyncio.gather(
        *(
            at_reset(world, 1, lambda d, v, w=w: d.second.by_contact(v, attempt, 1, w))
            for w in wrong
        )
    )
    right = await at_reset(world, 1, lambda d, v: d.second.by_contact(v, attempt, 1, MOBILE))
    return isinstance(right, Vouched)


async def test_three_second_proofs_and_no_more(world: World) -> None:
    assert not await guess_contact(world)


class Patient(AttemptRepository):
    async def take_vouch_try(self, attempt_id: str, limit: int) -> Attempt | None:
        return await super().take_vouch_try(attempt_id, 1_000_000)


async def test_without_the_count_numbers_can_be_guessed(world: World) -> None:
    world.change_reset = lambda door, c: replace(
        door, second=replace(door.second, attempts=Patient(c))
    )
    assert await guess_contact(world)


async def test_three_wrong_codes_and_the_code_is_dead(world: World) -> None:
    await world.enrol()
    attempt = await begun(world)
    code = world.mailbox.reset_codes[-1]
    wrong = [f"{(int(code) + n) % 10**6:06}" for n in range(1, 4)]
    for each in wrong:
        result = await at_reset(world, 1, lambda d, v, w=each: d.proofs.check(v, attempt, w))
        assert isinstance(result, WrongCode)
    last = await at_reset(world, 1, lambda d, v: d.proofs.check(v, attempt, code))
    assert isinstance(last, WrongCode)


async def use_elsewhere(world: World) -> object:
    """The code of one chat's attempt, typed in another's."""
    await world.enrol()
    await begun(world, 1)
    stolen = world.mailbox.reset_codes[-1]
    other = await begun(world, 2)
    return await at_reset(world, 2, lambda d, v: d.proofs.check(v, other, stolen))


async def test_a_code_serves_its_own_attempt_only(world: World) -> None:
    assert isinstance(await use_elsewhere(world), WrongCode)


async def test_a_blocked_member_cannot_reset(world: World) -> None:
    await world.enrol()
    attempt = await vouched(world)
    await world.change(credential, locked_at=world.clock.now())
    assert not await choose(world, attempt)
    await world.change(credential, locked_at=None)
    assert await choose(world, attempt)


async def test_one_reset_at_a_time(world: World) -> None:
    """Both are proven; the first to choose voids the other."""
    await world.enrol()
    one, other = await vouched(world, 1), await vouched(world, 2)
    world.clock.forward(seconds=1)
    assert await choose(world, one, 1)
    assert not await choose(world, other, 2)


class Timeless(CredentialRepository):
    async def reset_pin(self, member_id: int, pin: Any, at: Any, begun_at: Any, since: Any) -> bool:
        return await super().reset_pin(member_id, pin, at, at, since)


async def test_without_that_rule_both_choose(world: World) -> None:
    await world.enrol()
    one, other = await vouched(world, 1), await vouched(world, 2)
    world.clock.forward(seconds=1)
    world.change_reset = lambda door, c: replace(
        door, pins=replace(door.pins, credentials=Timeless(c))
    )
    assert await choose(world, one, 1)
    assert await choose(world, other, 2)


async def test_the_same_reset_pressed_many_times_at_once_counts_once(world: World) -> None:
    await world.enrol()
    attempt = await vouched(world)
    done = await asyncio.gather(*(choose(world, attempt) for _ in range(8)))
    assert done.count(True) == 1
    (row,) = [r for r in await world.rows(entry_attempt) if r.id == attempt]
    assert row.closed_at is not None


async def test_the_wait_can_be_seen_to_matter(world: World) -> None:
    await world.enrol()
    assert await choose(world, await vouched(world))
    async with world.database.unit() as connection:
        await connection.execute(update(credential).values(pin_serves_from=None))
    assert isinstance(await enters(world, NEW), Entered)
