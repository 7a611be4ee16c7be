"""The pace, in a time of the test's own: how many in any second, in any chat, after any pause."""

import asyncio
import heapq
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from itertools import pairwise

import pytest

from bot.notifications.limiter import Limiter, Pace
from bot.sandbox.limits import Limits, Throttle


@dataclass
class SimulatedTime:
    """Time stands still while anybody works, and jumps to the next who wakes."""

    at: float = 1000.0
    _sleepers: list[tuple[float, int, asyncio.Event]] = field(default_factory=list)
    _order: int = 0

    def now(self) -> float:
        return self.at

    async def sleep(self, seconds: float) -> None:
        woken = asyncio.Event()
        self._order += 1
        heapq.heappush(self._sleepers, (self.at + seconds, self._order, woken))
        await woken.wait()

    async def run(self, *works: Awaitable[None]) -> None:
        tasks = [asyncio.ensure_future(work) for work in works]
        while not all(task.done() for task in tasks):
            for _ in range(20):
                await asyncio.sleep(0)
            if self._sleepers and not all(task.done() for task in tasks):
                self.at, _, woken = heapq.heappop(self._sleepers)
                woken.set()
        await asyncio.gather(*tasks)


@pytest.fixture
def clock() -> SimulatedTime:
    return SimulatedTime()


@pytest.fixture
def limiter(clock: SimulatedTime) -> Limiter:
    return Limiter(now=clock.now, sleep=clock.sleep)


async def push(
    limiter: Limiter, clock: SimulatedTime, chats: list[int], sent: list[tuple[float, int]]
) -> None:
    for chat in chats:
        await limiter.turn(chat)
        assert await limiter.door()
        sent.append((clock.at, chat))
        limiter.sent(chat)


def busiest(moments: list[float], window: float = 1.0) -> int:
    """The most that lie in any stretch of that length."""
    most, first = 0, 0
    for last, at in enumerate(moments):
        while moments[first] <= at - window:
            first += 1
        most = max(most, last - first + 1)
    return most


def workers(run: Callable[[list[int]], Awaitable[None]], chats: list[int], hands: int = 16):
    return [run(chats[n::hands]) for n in range(hands)]


async def test_bulk_goes_at_the_allowed_rate_and_never_faster(limiter, clock):
    sent: list[tuple[float, int]] = []
    chats = list(range(1, 1001))
    await clock.run(*workers(lambda part: push(limiter, clock, part, sent), chats))
    moments = [at for at, _ in sent]
    took = moments[-1] - moments[0]
    assert len(sent) == 1000
    assert 1000 / took >= 0.95 * 25
    assert 1000 / took <= 25.2
    assert busiest(moments) <= 28
    throttle = Throttle(Limits())
    assert [throttle.spend(chat, at) for at, chat in sent] == [0] * 1000


async def test_a_chat_hears_one_a_second_and_a_group_twenty_a_minute(limiter, clock):
    sent: list[tuple[float, int]] = []
    await clock.run(push(limiter, clock, [7] * 10, sent), push(limiter, clock, [-5] * 10, sent))
    for chat, spacing in ((7, 1.0), (-5, 3.0)):
        moments = [at for at, to in sent if to == chat]
        gaps = [b - a for a, b in pairwise(moments)]
        assert min(gaps) >= spacing - 1e-6


async def test_a_slow_chat_does_not_hold_up_the_others(limiter, clock):
    sent: list[tuple[float, int]] = []
    await clock.run(
        push(limiter, clock, [7] * 5, sent), push(limiter, clock, list(range(100, 120)), sent)
    )
    others = [at for at, chat in sent if chat != 7]
    assert others[-1] - 1000 < 1.5


async def test_conversations_get_their_share(limiter, clock):
    sent: list[tuple[float, int]] = []
    said: list[float] = []

    async def talk() -> None:
        for n in range(100):
            limiter.spoke(5000 + n)
            said.append(clock.at)
            await clock.sleep(0.1)

    await clock.run(talk(), *workers(lambda p: push(limiter, clock, p, sent), list(range(1, 301))))
    during = [at for at, _ in sent if at <= said[-1]]
    together = sorted(said + during)
    assert busiest(together) <= 30
    assert len(during) / (said[-1] - said[0]) >= 18


async def test_a_flood_of_conversation_leaves_the_bulk_a_little(limiter, clock):
    sent: list[tuple[float, int]] = []

    async def shout() -> None:
        for n in range(1000):
            limiter.spoke(5000 + n)
            await clock.sleep(0.01)

    await clock.run(shout(), push(limiter, clock, list(range(1, 41)), sent))
    assert len([at for at, _ in sent if at < 1010]) >= 40


async def test_a_pause_is_kept_to_the_moment_and_followed_by_no_flood(limiter, clock):
    sent: list[tuple[float, int]] = []

    async def told_to_wait() -> None:
        await clock.sleep(2.0)
        limiter.throttled(99_999, 5.0)

    await clock.run(
        told_to_wait(), *workers(lambda p: push(limiter, clock, p, sent), list(range(1, 201)))
    )
    moments = [at for at, _ in sent]
    assert not [at for at in moments if 1002.0 < at < 1007.0]
    assert any(at >= 1007.0 for at in moments)
    assert busiest(moments) <= 28


async def test_a_chat_that_was_talking_waits_alone(limiter, clock):
    limiter.spoke(7)
    limiter.throttled(7, 5.0)
    assert limiter.paused_for == 0
    sent: list[tuple[float, int]] = []
    await clock.run(push(limiter, clock, [7], sent), push(limiter, clock, [8], sent))
    assert [chat for _, chat in sent] == [8, 7]
    assert sent[1][0] >= 1005.0


async def test_whoever_comes_to_the_door_during_a_pause_is_sent_back(limiter):
    limiter.pause(3.0)
    assert not await limiter.door()


async def test_a_stall_is_not_made_up_for_at_once(limiter, clock):
    """Sixteen had their turn while the database stood still: the door lets through what fits."""
    sent: list[float] = []

    async def stalled(chat: int) -> None:
        await limiter.turn(chat)
        await clock.sleep(max(0.0, 1003.0 - clock.at))
        assert await limiter.door()
        sent.append(clock.at)

    await clock.run(*(stalled(chat) for chat in range(1, 101)))
    assert busiest(sent) <= 30


async def test_what_was_sent_before_a_restart_counts(limiter, clock):
    limiter.remember([(7, 0.2), (8, 0.4), (9, 30.0)])
    sent: list[tuple[float, int]] = []
    await clock.run(push(limiter, clock, [7], sent), push(limiter, clock, [9], sent))
    when = {chat: at for at, chat in sent}
    assert when[7] >= 1000.8
    assert when[9] >= 1000.0 + 1 / 25 - 1e-6


async def test_failures_in_a_row_slow_everything_down_until_one_goes_well(limiter, clock):
    for _ in range(7):
        limiter.stumbled()
    assert limiter.paused_for == 0
    limiter.stumbled()
    assert limiter.paused_for == 1.0
    for _ in range(100):
        limiter.stumbled()
    assert limiter.paused_for == 30.0
    limiter.went_well()
    clock.at += 30
    limiter.stumbled()
    assert limiter.paused_for == 0


def test_old_chats_are_forgotten(limiter, clock):
    for chat in range(10_000):
        limiter.sent(chat)
        clock.at += 0.04
    assert len(limiter._chats) < 100


def test_the_pace_is_what_telegram_allows_less_what_is_kept():
    pace = Pace()
    assert pace.overall - pace.pushed >= 5
