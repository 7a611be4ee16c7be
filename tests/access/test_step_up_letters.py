"""The letters with the codes that prove again: how many, how long, and in which trail."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.access.outcomes import WrongCode
from domain.access.step_up import (
    NoAddress,
    Proven,
    StepUp,
    TooManyCodes,
)
from domain.conversation import Visit
from storage.access.doorway import step_up
from storage.schema import audit, mail, member, session
from storage.schema import step_up as table
from tests.access import broken
from tests.access.test_step_up import CERTIFICATES, Change, codes, in_session, unchanged
from tests.access.world import World


def unlimited(use_case: StepUp, _: AsyncConnection) -> StepUp:
    return replace(use_case, allowances=broken.UnlimitedAllowances())


async def bombard(world: World, change: Change) -> int:
    """Twenty codes asked for at once; how many letters were queued."""
    chat = await in_session(world, change)
    outcomes = await asyncio.gather(*(chat.ask() for _ in range(20)), return_exceptions=True)
    assert all(each is None or isinstance(each, TooManyCodes) for each in outcomes), outcomes
    assert len(await world.rows(mail)) == outcomes.count(None)
    return outcomes.count(None)


async def test_five_codes_an_hour(world: World) -> None:
    assert await bombard(world, unchanged) == world.policies.codes_per_hour


async def test_without_allowances_the_mailbox_fills(world: World) -> None:
    assert await bombard(world, unlimited) == 20


async def test_asking_again_drops_the_letter_that_waits_and_kills_the_old_code(
    world: World,
) -> None:
    chat = await in_session(world)
    await chat.ask()
    old = await chat.code()
    assert len(world.mailbox.letters) == 1
    new = await chat.code()
    assert isinstance(await chat.check(old), WrongCode)
    assert await chat.check(new) == Proven()


async def test_a_code_is_dead_after_five_minutes(world: World) -> None:
    chat = await in_session(world)
    code = await chat.code()
    world.clock.instant += world.policies.code_life
    assert isinstance(await chat.check(code), WrongCode)


async def test_no_code_is_sent_once_the_session_ended(world: World) -> None:
    chat = await in_session(world)
    await chat.ask()
    await world.change(session, ended_at=world.clock.now(), end_reason="left")
    await world.deliver()
    assert world.mailbox.letters == []
    assert [row.state for row in await world.rows(mail)] == ["dropped"]


async def test_a_letter_of_unknown_fate_is_followed_by_another_code(world: World) -> None:
    chat = await in_session(world)
    world.mailbox.answers = ["lost"]
    maybe = await chat.code()
    world.clock.forward(seconds=3)
    await world.deliver()
    sure = codes(world)[-1]
    assert maybe != sure
    assert isinstance(await chat.check(maybe), WrongCode)
    assert await chat.check(sure) == Proven()


async def test_unknown_fates_count_as_sends(world: World) -> None:
    chat = await in_session(world)
    await chat.ask()
    world.mailbox.answers = ["lost"] * 20
    for _ in range(20):
        await world.deliver()
        world.clock.forward(seconds=60)
    assert len(codes(world)) <= world.policies.codes_per_hour


async def test_the_code_is_kept_nowhere(world: World) -> None:
    chat = await in_session(world)
    code = await chat.code()
    for kept in (table, mail, audit):
        rows = [row._asdict() for row in await world.rows(kept)]
        assert all(code not in str(v) for row in rows for k, v in row.items() if k != "code_hash")
    (row,) = await world.rows(table)
    assert row.code_hash not in (None, code)


async def test_every_proof_is_audited(world: World) -> None:
    chat = await in_session(world)
    code = await chat.code()
    await chat.check("000000" if code != "000000" else "000001")
    await chat.check(code)
    told = [(row.action, row.result) for row in await world.rows(audit)]
    assert told == [("step_up", "refused"), ("step_up", "done")]


async def test_without_an_address_nothing_is_asked(world: World) -> None:
    chat = await in_session(world)
    await world.change(member, email=None)
    with pytest.raises(NoAddress):
        await chat.ask()
    assert await world.rows(mail) == []


async def test_nobody_outside_a_session_can_ask(world: World) -> None:
    await in_session(world)
    async with world.database.unit() as connection:
        use_case = step_up(connection, world.secrets, world.policies)
        with pytest.raises(PermissionError):
            await use_case.ask(Visit(7, 7, world.clock.now()), CERTIFICATES)


def test_its_times_are_the_cooperatives_to_choose(world: World) -> None:
    assert world.policies.step_up_after == timedelta(minutes=2)
    assert world.policies.step_up_life == timedelta(minutes=10)
