"""Many tries at once: each limit holds, and each test fails when its control is taken out."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

import pytest

from domain.access.attempts import AttemptOver
from domain.access.doorway import Doorway
from domain.access.outcomes import Entered, WrongCode
from domain.conversation import Visit
from domain.members import Document, DocumentType
from storage.schema import entry_attempt, mail, session
from tests.access import broken
from tests.access.plain_pins import PlainPins
from tests.access.world import NO_PAUSE, PIN, World

T = TypeVar("T")
ACCOUNTS, TRIES_EACH = 200, 5


async def at_door(world: World, account: int, act: Callable[[Doorway, Visit], Awaitable[T]]) -> T:
    """One act in its own unit of work, as one update would."""
    async with world.database.unit() as connection:
        door = world.open_doorway(connection, world.secrets, world.pins, world.policies)
        return await act(door, Visit(account, account, world.clock.now()))


async def try_pin(world: World, account: int, number: str, pin: str) -> str:
    """Document and PIN from one account; the attempt's id."""
    document = Document(DocumentType.CC, number)
    attempt = await at_door(world, account, lambda d, v: d.documents.present(v, document))
    await at_door(world, account, lambda d, v: d.pins.check(v, attempt, pin))
    return attempt


async def attempt_with_code(world: World, account: int) -> tuple[str, str]:
    """An attempt with the right PIN, and its code."""
    attempt = await try_pin(world, account, "40123123", PIN)
    await at_door(world, account, lambda d, v: d.codes.request(v, attempt))
    await world.deliver()
    return attempt, world.mailbox.codes[-1]


async def guess_pins(world: World, each: int = 1) -> int:
    """So many tries from each of 200 accounts at one member; how many PINs were judged."""
    world.pins = PlainPins()
    world.with_policies(**NO_PAUSE, usual_failures=1_000_000)
    await world.enrol()
    tries = range(ACCOUNTS * each)
    guesses = (try_pin(world, 1000 + n % ACCOUNTS, "40123123", f"{n:04}") for n in tries)
    # An account's newer attempt ends its older one: those tries are simply lost.
    results = await asyncio.gather(*guesses, return_exceptions=True)
    assert all(isinstance(r, str | AttemptOver) for r in results), results
    return world.pins.judged


async def test_a_thousand_tries_judge_five_pins(world: World) -> None:
    assert await guess_pins(world, TRIES_EACH) == world.policies.pin_tries


async def test_without_the_counter_they_judge_hundreds(world: World) -> None:
    world.open_doorway = broken.with_change(broken.tries(broken.UncountedTries))
    assert await guess_pins(world) >= ACCOUNTS


async def test_read_then_write_is_not_enough(world: World) -> None:
    """On SQLite units of work take turns anyway; PostgreSQL shows the difference.

    The wait between tries would have them take turns there as well.
    """
    world.open_doorway = broken.with_change(
        lambda d, c: broken.unpaced(broken.tries(broken.ReadThenWrite)(d, c), c)
    )
    judged = await guess_pins(world)
    if world.database.is_sqlite:
        assert judged == world.policies.pin_tries
    else:
        assert judged > world.policies.pin_tries


async def use_fifty_times(world: World) -> list[object]:
    """One right code, fifty times at once; what came of each."""
    await world.enrol()
    attempt, code = await attempt_with_code(world, 1)
    uses = (at_door(world, 1, lambda d, v: d.proofs.check(v, attempt, code)) for _ in range(50))
    return list(await asyncio.gather(*uses, return_exceptions=True))


async def test_one_code_enters_once(world: World) -> None:
    results = await use_fifty_times(world)
    assert sum(isinstance(r, Entered) for r in results) == 1
    assert all(isinstance(r, Entered | WrongCode | AttemptOver) for r in results)
    assert len(await world.rows(session)) == 1


async def test_a_code_that_is_not_used_up_enters_often(world: World) -> None:
    world.open_doorway = broken.with_change(broken.attempts(broken.ReusableCodes))
    results = await use_fifty_times(world)
    assert sum(isinstance(r, Entered) for r in results) > 1


async def guess_codes(world: World) -> bool:
    """Three wrong codes at once and then the right one; whether it enters."""
    await world.enrol()
    attempt, code = await attempt_with_code(world, 1)
    wrong = [f"{(int(code) + n) % 10**6:06}" for n in range(1, 4)]
    await asyncio.gather(
        *(at_door(world, 1, lambda d, v, w=w: d.proofs.check(v, attempt, w)) for w in wrong)
    )
    return isinstance(
        await at_door(world, 1, lambda d, v: d.proofs.check(v, attempt, code)), Entered
    )


async def test_three_wrong_codes_kill_the_code(world: World) -> None:
    assert not await guess_codes(world)


async def test_uncounted_codes_can_be_guessed(world: World) -> None:
    world.open_doorway = broken.with_change(broken.attempts(broken.UncountedCodes))
    assert await guess_codes(world)


async def use_elsewhere(world: World) -> bool:
    """The code of one attempt, moved to another's row; whether it enters there."""
    await world.enrol()
    _, code = await attempt_with_code(world, 1)
    stolen = {row.id: row.code_hash for row in await world.rows(entry_attempt)}
    world.clock.forward(seconds=30)
    other, _ = await attempt_with_code(world, 2)
    await world.change(entry_attempt, code_hash=next(iter(stolen.values())))
    return isinstance(await at_door(world, 2, lambda d, v: d.proofs.check(v, other, code)), Entered)


async def test_a_code_serves_its_own_attempt_only(world: World) -> None:
    assert not await use_elsewhere(world)


async def test_a_loose_seal_lets_codes_wander(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tests.access.world.Seal", broken.LooseSeal)
    world.open_doorway = broken.with_change(broken.seal(broken.LooseSeal))
    assert await use_elsewhere(world)


async def enter_from_another_chat(world: World) -> object:
    await world.enrol()
    attempt, code = await attempt_with_code(world, 1)
    return await at_door(world, 2, lambda d, v: d.proofs.check(v, attempt, code))


async def test_an_attempt_belongs_to_its_chat(world: World) -> None:
    with pytest.raises(AttemptOver):
        await enter_from_another_chat(world)


async def test_the_seal_guards_the_chat_as_well(world: World) -> None:
    world.open_doorway = broken.with_change(broken.attempts(broken.AnyChat))
    assert isinstance(await enter_from_another_chat(world), WrongCode)


async def test_without_both_guards_another_chat_enters(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tests.access.world.Seal", broken.LooseSeal)
    world.open_doorway = broken.with_change(
        lambda d, c: broken.seal(broken.LooseSeal)(broken.attempts(broken.AnyChat)(d, c), c)
    )
    assert isinstance(await enter_from_another_chat(world), Entered)


async def bombard(world: World) -> int:
    """Twenty codes asked for at once; how many letters are sent in the end."""
    await world.enrol()
    attempt = await try_pin(world, 1, "40123123", PIN)
    asked = (at_door(world, 1, lambda d, v: d.codes.request(v, attempt)) for _ in range(20))
    granted = await asyncio.gather(*asked)
    assert len(await world.rows(mail)) == sum(granted)
    return sum(granted)


async def test_five_codes_an_hour(world: World) -> None:
    assert await bombard(world) == world.policies.codes_per_hour


async def test_without_allowances_the_mailbox_fills(world: World) -> None:
    world.open_doorway = broken.with_change(broken.unlimited)
    assert await bombard(world) == 20


async def test_many_accounts_share_the_members_five_codes(world: World) -> None:
    world.with_policies(**NO_PAUSE)
    await world.enrol()
    for account in range(1, 5):
        attempt = await try_pin(world, account, "40123123", PIN)
        for _ in range(2):
            assert await at_door(world, account, lambda d, v, a=attempt: d.codes.request(v, a))
    await world.deliver()
    kinds = [row.kind for row in await world.rows(mail)]
    assert kinds.count("code") == world.policies.codes_per_hour
