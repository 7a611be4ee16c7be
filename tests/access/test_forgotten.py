"""A forgotten PIN as a way in: each proof is needed, and each test fails without its control."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta
from typing import TypeVar

import pytest

from domain.access.attempts import Attempt, AttemptOver, Purpose
from domain.access.doorway import ResetDoorway
from domain.access.outcomes import Barred, Entered
from domain.access.reset_pin import NotVouched, Proven, Vouched, same_number
from domain.conversation import Visit
from domain.members import Document, DocumentType
from storage.access.attempts import AttemptRepository
from storage.access.doorway import reset_doorway
from storage.schema import session
from tests.access import broken
from tests.access.test_brute_force import at_door
from tests.access.world import PIN, World

T = TypeVar("T")
NUMBER, NEW = "40123123", "8305"
MOBILE = "573104567890"


async def at_reset(
    world: World, account: int, act: Callable[[ResetDoorway, Visit], Awaitable[T]]
) -> T:
    """One act in its own unit of work."""
    async with world.database.unit() as connection:
        door = reset_doorway(connection, world.secrets, world.pins, world.policies)
        changed = world.change_reset(door, connection)
        return await act(changed, Visit(account, account, world.clock.now()))


async def begun(world: World, account: int = 1, number: str = NUMBER) -> str:
    """An attempt whose code was sent."""
    document = Document(DocumentType.CC, number)
    present = lambda d, v: d.documents.present(v, document, Purpose.RESET)  # noqa: E731
    attempt = await at_reset(world, account, present)
    assert await at_reset(world, account, lambda d, v: d.codes.request(v, attempt))
    await world.deliver()
    return attempt


async def proven(world: World, account: int = 1) -> str:
    attempt = await begun(world, account)
    code = world.mailbox.reset_codes[-1]
    result = await at_reset(world, account, lambda d, v: d.proofs.check(v, attempt, code))
    assert isinstance(result, Proven)
    return attempt


async def vouched(world: World, account: int = 1) -> str:
    attempt = await proven(world, account)
    contact = lambda d, v: d.second.by_contact(v, attempt, account, MOBILE)  # noqa: E731
    assert isinstance(await at_reset(world, account, contact), Vouched)
    return attempt


async def choose(world: World, attempt: str, account: int = 1) -> bool:
    """Whether the attempt sets a PIN."""
    try:
        await at_reset(world, account, lambda d, v: d.pins.choose(v, attempt, NEW))
    except AttemptOver:
        return False
    return True


async def enters(world: World, pin: str, account: int = 1) -> object:
    """A whole entry with that PIN; what came of it."""
    document = Document(DocumentType.CC, NUMBER)
    attempt = await at_door(world, account, lambda d, v: d.documents.present(v, document))
    await at_door(world, account, lambda d, v: d.pins.check(v, attempt, pin))
    await at_door(world, account, lambda d, v: d.codes.request(v, attempt))
    await world.deliver()
    code = world.mailbox.codes[-1] if world.mailbox.codes else "000000"
    return await at_door(world, account, lambda d, v: d.proofs.check(v, attempt, code))


async def test_both_proofs_and_the_wait_lead_in(world: World) -> None:
    await world.enrol()
    assert await choose(world, await vouched(world))
    assert isinstance(await enters(world, NEW), Barred)
    world.clock.forward(minutes=61)
    assert isinstance(await enters(world, NEW), Entered)


@pytest.mark.parametrize("steps", [begun, proven])
async def test_a_missing_proof_sets_no_pin(
    world: World, steps: Callable[[World], Awaitable[str]]
) -> None:
    await world.enrol()
    assert not await choose(world, await steps(world))
    assert isinstance(await enters(world, PIN), Entered)


class Credulous(AttemptRepository):
    """Every attempt counts as proven twice."""

    async def current(
        self, attempt_id: str, visit: Visit, life: timedelta, purpose: Purpose | None = None
    ) -> Attempt:
        found = await super().current(attempt_id, visit, life, purpose)
        return replace(found, proven_at=visit.now, vouched_at=visit.now)


async def test_without_asking_for_the_proofs_anybody_sets_one(world: World) -> None:
    await world.enrol()
    world.change_reset = lambda door, c: replace(
        door, pins=replace(door.pins, attempts=Credulous(c))
    )
    assert await choose(world, await begun(world))


async def test_a_reset_does_not_open_the_door_and_an_entry_resets_nothing(world: World) -> None:
    await world.enrol()
    attempt = await vouched(world)
    code = world.mailbox.reset_codes[-1]
    for act in (
        lambda d, v: d.pins.check(v, attempt, PIN),
        lambda d, v: d.codes.request(v, attempt),
        lambda d, v: d.first_pins.choose(v, attempt, NEW),
    ):
        with pytest.raises(AttemptOver):
            await at_door(world, 1, act)
    with pytest.raises(AttemptOver):
        await at_door(world, 1, lambda d, v: d.proofs.check(v, attempt, code))
    assert await world.rows(session) == []
    document = Document(DocumentType.CC, NUMBER)
    entry = await at_door(world, 2, lambda d, v: d.documents.present(v, document))
    assert not await choose(world, entry, 2)


class AnyPurpose(AttemptRepository):
    async def current(
        self, attempt_id: str, visit: Visit, life: timedelta, purpose: Purpose | None = None
    ) -> Attempt:
        return await super().current(attempt_id, visit, life, None)


async def test_without_purposes_a_reset_attempt_takes_a_pin_try(world: World) -> None:
    await world.enrol()
    attempt = await vouched(world)
    world.open_doorway = broken.with_change(
        lambda door, c: replace(door, pins=replace(door.pins, attempts=AnyPurpose(c)))
    )
    await at_door(world, 1, lambda d, v: d.pins.check(v, attempt, PIN))


@pytest.mark.parametrize(
    ("owner", "phone", "right"),
    [
        (1, MOBILE, True),
        (1, "+57 310 456 7890", True),
        (2, MOBILE, False),
        (None, MOBILE, False),
        (1, "573104567891", False),
        (1, "3104567890", False),
        (1, "13104567890", False),
        (1, "", False),
    ],
)
async def test_only_the_own_contact_with_the_number_on_file(
    world: World, owner: int | None, phone: str, right: bool
) -> None:
    await world.enrol()
    attempt = await proven(world)
    result = await at_reset(world, 1, lambda d, v: d.second.by_contact(v, attempt, owner, phone))
    assert isinstance(result, Vouched if right else NotVouched)


@pytest.mark.parametrize(
    ("shared", "on_file", "same"),
    [
        ("573104567890", "3104567890", True),
        ("573104567890", "+57 310-456-7890", True),
        ("573104567890", "57 3104567890", True),
        ("12015550123", "+12015550123", True),
        ("12015550123", "2015550123", False),
        ("573104567890", None, False),
        ("573104567890", "no tiene", False),
        ("hola", "hola", False),
    ],
)
def test_numbers_are_compared_however_they_are_written(
    shared: str, on_file: str | None, same: bool
) -> None:
    assert same_number(shared, on_file) is same
