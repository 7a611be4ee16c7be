"""Proving again within a session: each limit holds, and fails when its control is taken out."""

import asyncio
import re
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime
from typing import TypeVar

import pytest
from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.access.outcomes import WrongCode
from domain.access.step_up import (
    Challenge,
    Challenges,
    Proven,
    Purpose,
    StepUp,
)
from domain.conversation import Session, Visit
from storage.access.doorway import step_up
from storage.access.step_ups import ChallengeRepository
from storage.schema import session
from storage.schema import step_up as table
from tests.access import broken
from tests.access.mailbox import text_of
from tests.access.world import World

T = TypeVar("T")
CERTIFICATES = Purpose.CERTIFICATES
CODE = re.compile(r"para seguir es: (\d{6})\b")
Change = Callable[[StepUp, AsyncConnection], StepUp]


class ReusableCodes(ChallengeRepository):
    """A code that served serves again."""

    async def take_try(self, session_id: str, purpose: str, limit: int) -> Challenge | None:
        own = (table.c.session_id == session_id) & (table.c.purpose == purpose)
        return Challenge(
            **(await self._connection.execute(select(table).where(own))).one()._asdict()
        )

    async def prove(self, challenge: Challenge, code_hash: str, at: datetime) -> bool:
        return True


class UncountedTries(ChallengeRepository):
    async def take_try(self, session_id: str, purpose: str, limit: int) -> Challenge | None:
        return await super().take_try(session_id, purpose, 1_000_000)


class AnySession(ChallengeRepository):
    """A proof given in one session counts in all of the member's."""

    async def proven_since(self, session_id: str, purpose: str, since: datetime) -> bool:
        rows = await self._connection.execute(select(table.c.proven_at))
        return any(row.proven_at and row.proven_at > since for row in rows)


def unchanged(use_case: StepUp, _: AsyncConnection) -> StepUp:
    return use_case


def challenges(kind: Callable[[AsyncConnection], Challenges]) -> Change:
    return lambda use_case, connection: replace(use_case, challenges=kind(connection))


def loose(use_case: StepUp, _: AsyncConnection) -> StepUp:
    return replace(use_case, seal=broken.LooseSeal(use_case.seal.key))


class Chat:
    """A member in session at a chat."""

    def __init__(self, world: World, member_id: int, chat: int, change: Change) -> None:
        self.world, self.change = world, change
        self.session = Session(f"session-{chat}", member_id, chat, chat, world.clock.now())

    async def act(self, act: Callable[[StepUp, Visit], Awaitable[T]]) -> T:
        world, chat = self.world, self.session.chat_id
        visit = Visit(chat, chat, world.clock.now(), self.session)
        async with world.database.unit() as connection:
            use_case = step_up(connection, world.secrets, world.policies)
            return await act(self.change(use_case, connection), visit)

    async def needed(self) -> bool:
        return await self.act(lambda use_case, visit: use_case.needed(visit, CERTIFICATES))

    async def ask(self) -> None:
        await self.act(lambda use_case, visit: use_case.ask(visit, CERTIFICATES))

    async def check(self, code: str) -> Proven | WrongCode:
        return await self.act(lambda use_case, visit: use_case.check(visit, CERTIFICATES, code))

    async def code(self) -> str:
        """Ask, and read the newest letter."""
        await self.ask()
        await self.world.deliver()
        return codes(self.world)[-1]


def codes(world: World) -> list[str]:
    found = [CODE.search(text_of(letter)) for letter in world.mailbox.letters]
    return [match[1] for match in found if match]


async def in_session(
    world: World, change: Change = unchanged, chat: int = 7, number: str = "40123123"
) -> Chat:
    member_id = await world.enrol(number=number, email=f"m{chat}@correo.example")
    opened = Chat(world, member_id, chat, change)
    begun = opened.session
    async with world.database.unit() as connection:
        row = {"id": begun.id, "member_id": member_id, "chat_id": chat, "telegram_id": chat}
        await connection.execute(insert(session).values(row | {"started_at": begun.started_at}))
    return opened


async def test_a_fresh_entry_is_proof_enough_for_two_minutes(world: World) -> None:
    chat = await in_session(world)
    assert not await chat.needed()
    world.clock.forward(minutes=2)
    assert not await chat.needed()
    world.clock.forward(seconds=1)
    assert await chat.needed()


async def test_a_proof_serves_ten_minutes_and_its_purpose_only(world: World) -> None:
    chat = await in_session(world)
    world.clock.forward(minutes=3)
    assert await chat.check(await chat.code()) == Proven()
    world.clock.forward(minutes=9)
    assert not await chat.needed()
    assert await chat.act(lambda use_case, visit: use_case.needed(visit, "something_else"))  # type: ignore[arg-type]
    world.clock.forward(minutes=2)
    assert await chat.needed()
    assert await chat.check(await chat.code()) == Proven()
    assert not await chat.needed()


async def use_fifty_times(world: World, change: Change) -> int:
    chat = await in_session(world, change)
    code = await chat.code()
    outcomes = await asyncio.gather(*(chat.check(code) for _ in range(50)))
    return outcomes.count(Proven())


async def test_one_code_proves_once(world: World) -> None:
    assert await use_fifty_times(world, unchanged) == 1


async def test_a_code_that_is_not_used_up_proves_often(world: World) -> None:
    assert await use_fifty_times(world, challenges(ReusableCodes)) == 50


async def guess(world: World, change: Change) -> bool:
    """Three wrong codes at once, then the right one; whether it still proves."""
    chat = await in_session(world, change)
    code = await chat.code()
    wrong = [f"{(int(code) + n) % 10**6:06}" for n in range(1, 4)]
    answers = await asyncio.gather(*(chat.check(each) for each in wrong))
    assert all(isinstance(answer, WrongCode) for answer in answers)
    return await chat.check(code) == Proven()


async def test_three_wrong_codes_kill_the_code(world: World) -> None:
    assert not await guess(world, unchanged)


async def test_uncounted_codes_can_be_guessed(world: World) -> None:
    assert await guess(world, challenges(UncountedTries))


async def test_after_a_dead_code_another_one_serves(world: World) -> None:
    chat = await in_session(world)
    await chat.code()
    lefts = [await chat.check("abcdef") for _ in range(4)]
    assert lefts == [WrongCode(2), WrongCode(1), WrongCode(0), WrongCode(0)]
    assert await chat.check(await chat.code()) == Proven()


async def use_elsewhere(world: World, change: Change, monkeypatch: pytest.MonkeyPatch) -> bool:
    """The seal of one session's code, put into another's row; whether its code serves there."""
    if change is loose:
        monkeypatch.setattr("tests.access.world.Seal", broken.LooseSeal)
    mine = await in_session(world, change)
    code = await mine.code()
    (own,) = await world.rows(table)
    other = await in_session(world, change, 8, "40123124")
    await other.code()
    await world.change(table, code_hash=own.code_hash)
    return await other.check(code) == Proven()


async def test_a_code_serves_its_own_session_only(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert not await use_elsewhere(world, unchanged, monkeypatch)


async def test_a_loose_seal_lets_codes_wander(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert await use_elsewhere(world, loose, monkeypatch)


async def needed_in_a_second_session(world: World, change: Change) -> bool:
    first = await in_session(world, change)
    assert await first.check(await first.code()) == Proven()
    second = Chat(world, first.session.member_id or 0, 9, change)
    world.clock.forward(minutes=3)
    return await second.needed()


async def test_a_proof_is_the_sessions_own(world: World) -> None:
    assert await needed_in_a_second_session(world, unchanged)


async def test_a_proof_kept_by_member_would_outlive_its_session(world: World) -> None:
    assert not await needed_in_a_second_session(world, challenges(AnySession))
