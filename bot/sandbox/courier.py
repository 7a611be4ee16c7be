"""Carries updates to a bot that listens instead of asking: webhooks and push."""

from __future__ import annotations

import asyncio
import random
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from bot.sandbox.json_types import Json
from bot.sandbox.updates import Entry, Lane, Updates

Deliver = Callable[[Json], Awaitable[None]]


@dataclass(frozen=True)
class Retry:
    """How long to wait after a failed delivery: doubling from `first` to about `longest`."""

    first: float = 1.0
    longest: float = 60.0

    def wait(self, failures: int) -> float:
        """Seconds after that many failures in a row."""
        longest = self.longest * random.uniform(1, 2)  # noqa: S311 - spreads load, hides nothing
        return min(self.first * 2.0 ** (failures - 1), longest)


class Courier:
    """Delivers in order within a lane (a chat's messages, a person's taps), lanes in parallel."""

    def __init__(self, updates: Updates, deliver: Deliver, retry: Retry, parallel: int) -> None:
        self._updates = updates
        self._deliver = deliver
        self._retry = retry
        self._free = asyncio.Semaphore(parallel)
        self._lanes: dict[Lane, deque[Entry]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self.last_error = ""

    def start(self) -> None:
        """Begin with what is waiting."""
        self._spawn(self._run())

    async def stop(self) -> None:
        """Leave what isn't delivered in the queue."""
        tasks = list(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def _spawn(self, work: Awaitable[None]) -> None:
        task = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _run(self) -> None:
        seen = 0
        while True:
            for entry in self._updates.after(seen):
                seen = entry.number
                self._take(entry)
            await self._updates.changed.wait()

    def _take(self, entry: Entry) -> None:
        if entry.lane in self._lanes:
            self._lanes[entry.lane].append(entry)
            return
        self._lanes[entry.lane] = deque([entry])
        self._spawn(self._work(entry.lane))

    async def _work(self, lane: Lane) -> None:
        entries = self._lanes[lane]
        while entries:
            await self._carry(entries[0])
            entries.popleft()
        del self._lanes[lane]

    async def _carry(self, entry: Entry) -> None:
        failures = 0
        while self._updates.holds(entry):
            if await self._delivered(entry):
                self._updates.confirm(entry)
                return
            failures += 1
            await asyncio.sleep(self._retry.wait(failures))

    async def _delivered(self, entry: Entry) -> bool:
        async with self._free:
            try:
                await self._deliver(entry.update)
            except Exception as error:
                self.last_error = str(error) or type(error).__name__
                return False
            return True
