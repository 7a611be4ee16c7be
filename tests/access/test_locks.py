"""Members barred as a whole, on both engines."""

import asyncio
from datetime import timedelta

import pytest

from domain.access.blocking import Lock, LockedBy, LockReason
from storage.access.locks import LockRepository, ResetRepository
from storage.schema import credential
from tests.access.world import PIN, World


async def lock(world: World, member_id: int, reason: str = LockReason.ROBBERY) -> bool:
    async with world.database.unit() as connection:
        given = Lock(world.clock.now(), reason, LockedBy.OWN_CHAT)
        return await LockRepository(connection).lock(member_id, given)


@pytest.mark.parametrize("pin", [PIN, None])
async def test_a_lock_keeps_when_why_and_by_whom(world: World, pin: str | None) -> None:
    member_id = await world.enrol(pin=pin)
    assert await lock(world, member_id)
    (row,) = await world.rows(credential)
    assert (row.locked_at, row.reset_required_at) == (world.clock.now(),) * 2
    assert (row.lock_reason, row.locked_by) == ("robbery", "own_chat")


async def test_a_second_lock_changes_nothing_but_voids_the_pin(world: World) -> None:
    member_id = await world.enrol()
    first = world.clock.now()
    await lock(world, member_id, "staff")
    world.clock.forward(hours=1)
    assert not await lock(world, member_id)
    (row,) = await world.rows(credential)
    assert (row.locked_at, row.lock_reason) == (first, "staff")
    assert row.reset_required_at == world.clock.now()


async def test_many_locks_at_once_are_one(world: World) -> None:
    member_id = await world.enrol()
    at = world.clock.now()

    async def press(late: int) -> bool:
        async with world.database.unit() as connection:
            given = Lock(at + timedelta(microseconds=late), "robbery", "own_chat")
            return await LockRepository(connection).lock(member_id, given)

    assert sum(await asyncio.gather(*(press(n) for n in range(10)))) == 1


async def test_nobody_is_locked_without_a_trace(world: World) -> None:
    assert not await lock(world, 0)
    assert await world.rows(credential) == []


@pytest.mark.parametrize("pin", [PIN, None])
async def test_who_vouches_clears_the_lock_and_voids_the_pin(world: World, pin: str | None) -> None:
    member_id = await world.enrol(pin=pin)
    await lock(world, member_id)
    now = world.clock.now()
    async with world.database.unit() as connection:
        await ResetRepository(connection).grant(member_id, now + timedelta(hours=24), now)
    (row,) = await world.rows(credential)
    assert (row.locked_at, row.lock_reason, row.locked_by) == (None, None, None)
    assert row.reset_granted_until == now + timedelta(hours=24)
    assert row.reset_required_at == now
