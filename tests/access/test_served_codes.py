"""What the owner is told after others failed, and what a code that served is good for."""

import asyncio

import pytest
from sqlalchemy import func, select

from domain.access.outcomes import GoOn
from domain.conversation import Visit
from storage.schema import audit, entry_attempt
from tests.access import broken
from tests.access.plain_pins import PlainPins
from tests.access.test_restraint import AT_ONCE, ME, outcome
from tests.access.world import NO_PAUSE, PIN, World


async def test_an_entry_after_strangers_failed_is_told_to_the_owner(world: World) -> None:
    await world.enrol(access={"failures_unbound": 1})
    await world.person(ME).enter("40123123")
    await world.deliver()
    assert "después de varios intentos" in world.mailbox.subjects[-1]


@pytest.mark.parametrize(("slips", "letters"), [(1, 0), (2, 1)])
async def test_one_slip_of_ones_own_is_no_news(world: World, slips: int, letters: int) -> None:
    await world.enrol(bound=ME, access={"failures_bound": slips})
    await world.person(ME).enter("40123123")
    await world.deliver()
    told = [s for s in world.mailbox.subjects if "después de varios intentos" in s]
    assert len(told) == letters


async def lock_many_and_enter(world: World, members: int) -> int:
    """Strangers lock all of them; how many enter from their own chats all the same."""
    world.pins = PlainPins()
    world.with_policies(**NO_PAUSE, usual_failures=1_000_000)
    for n in range(members):
        await world.enrol(number=f"30{n:06}", bound=n + 1, email=f"m{n}@correo.example")
    for _ in range(6):
        tries = (outcome(world, 10_000 + n, f"30{n:06}") for n in range(members))
        await asyncio.gather(*tries)
    judged = [await outcome(world, n + 1, f"30{n:06}", PIN) for n in range(members)]
    return sum(isinstance(each, GoOn) for each in judged)


async def test_nobody_is_locked_out_of_their_own_chat_from_outside(world: World) -> None:
    members = 100 if world.database.is_sqlite else 40
    assert await lock_many_and_enter(world, members) == members


async def test_with_one_counter_for_all_strangers_lock_everybody_out(world: World) -> None:
    world.open_doorway = broken.with_change(broken.tries(broken.OneCounter))
    assert await lock_many_and_enter(world, 10) == 0


async def test_every_use_of_a_served_code_is_an_entry_of_the_trail(world: World) -> None:
    """Fifty uses at once: one serves, forty-nine are refused and written down."""
    await world.enrol()
    rosa = world.person(ME)
    await rosa.ask_code("40123123", PIN)
    await world.deliver()
    code, attempt = world.mailbox.codes[0], rosa.data["attempt"]

    async def use() -> None:
        async with world.database.unit() as connection:
            door = world.open_doorway(connection, world.secrets, world.pins, world.policies)
            visit = Visit(ME, ME, world.clock.now())
            try:
                await door.proofs.check(visit, attempt, code)
            except LookupError:
                return

    await asyncio.gather(*(use() for _ in range(AT_ONCE)))
    async with world.database.unit() as connection:
        grouped = select(audit.c.action, audit.c.result, func.count()).group_by(
            audit.c.action, audit.c.result
        )
        counted = {(row[0], row[1]): row[2] for row in await connection.execute(grouped)}
    assert counted["entry", "done"] == 1
    assert counted["code", "refused"] == AT_ONCE - 1


async def try_codes_crosswise(world: World) -> int:
    """Each of ten codes, with its stored seal, at the nine other attempts; how many entered."""
    await world.enrol()
    people = [world.person(100 + n) for n in range(10)]
    codes = []
    for person in people:
        await person.ask_code("40123123", PIN)
        await world.deliver()
        codes.append(world.mailbox.codes[-1])
    seals = {row.chat_id: row.code_hash for row in await world.rows(entry_attempt)}
    for giver, code in zip(people, codes, strict=True):
        await world.change(entry_attempt, code_hash=seals[giver.telegram_id])
        for taker in people:
            if taker is not giver and taker.session is None:
                await taker.say(code)
    return sum(person.session is not None for person in people)


async def test_codes_serve_no_other_attempt(world: World) -> None:
    """Every code at every other attempt, even with its seal moved there: none is accepted."""
    world.with_policies(**NO_PAUSE, code_tries=99, wrong_codes_per_day=999, codes_per_hour=99)
    assert await try_codes_crosswise(world) == 0


async def test_with_a_loose_seal_they_serve_each_other(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tests.access.world.Seal", broken.LooseSeal)
    world.open_doorway = broken.with_change(broken.seal(broken.LooseSeal))
    world.with_policies(**NO_PAUSE, code_tries=99, wrong_codes_per_day=999, codes_per_hour=99)
    assert await try_codes_crosswise(world) > 0
