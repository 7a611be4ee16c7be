"""The sender: takes notifications in hand, as many as it can carry at once."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta

import structlog

from bot.notifications.carrier import Carrier
from storage.notifications.claims import Claim, ClaimRepository
from storage.notifications.leadership import Leadership
from storage.notifications.reach import ReachRepository

log = structlog.get_logger()
AT_ONCE = 16
FAREWELL_SECONDS = 12.0
MEMORY = timedelta(minutes=1)


@dataclass(slots=True)
class Sender:
    """One replica sends at a time."""

    carrier: Carrier
    leadership: Leadership
    _tasks: set[asyncio.Task[None]] = field(default_factory=set)
    _leads: bool = False

    async def run_once(self) -> bool:
        """Take what is due in hand as far as hands are free; whether there was anything to do."""
        if not await self._lead() or self.carrier.limiter.paused_for:
            return False
        claims = await self._claim(AT_ONCE - len(self._tasks))
        for claim in claims:
            task = asyncio.create_task(self._handle(claim))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)
        busy = bool(self._tasks)
        if busy:
            await asyncio.wait(self._tasks, timeout=1, return_when=asyncio.FIRST_COMPLETED)
        return busy

    async def finish(self) -> None:
        """Wait for what is in hand."""
        while self._tasks:
            await asyncio.wait(self._tasks)

    async def close(self) -> None:
        """Take no more, finish what is in hand, give back what was not begun."""
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=FAREWELL_SECONDS)
        left = list(self._tasks)
        for task in left:
            task.cancel()
        await asyncio.gather(*left, return_exceptions=True)
        await self.leadership.resign()

    async def _lead(self) -> bool:
        """Whether this replica sends; the first time it looks up what was sent before."""
        leads = await self.leadership.held()
        if leads and not self._leads:
            await self._remember()
        self._leads = leads
        return leads

    async def _remember(self) -> None:
        """The limits outlive a process."""
        now, limiter = self.carrier.clock.now(), self.carrier.limiter
        async with self.carrier.database.unit() as connection:
            recent = await ClaimRepository(connection).recent(now - MEMORY)
            pause = await ReachRepository(connection).pause_until()
        limiter.remember((chat, (now - at).total_seconds()) for chat, at in recent)
        if pause is not None:
            limiter.pause((pause - now).total_seconds())

    async def _claim(self, free: int) -> Sequence[Claim]:
        now = self.carrier.clock.now()
        async with self.carrier.database.unit() as connection:
            claims = ClaimRepository(connection)
            lost = await claims.lost(now)
            found = await claims.claim(now, free) if free > 0 else []
        for claim in lost:
            await self.carrier.lose(claim)
        return found

    async def _handle(self, claim: Claim) -> None:
        try:
            await self.carrier.carry(claim)
        except asyncio.CancelledError:
            await asyncio.shield(self._give_back(claim))
            raise
        except Exception:
            # It stays in hand until its lease is over, and is then tried again.
            log.exception("a notification could not be handled", notification=claim.id)

    async def _give_back(self, claim: Claim) -> None:
        async with self.carrier.database.unit() as connection:
            await ClaimRepository(connection).release([claim])
