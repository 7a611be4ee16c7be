"""Wakes the background work when there may be something to do."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress

import structlog

log = structlog.get_logger()
Work = Callable[[], Awaitable[object]]


class Bell:
    """Rung after a unit of work that left something to be sent; heard by all who wait."""

    def __init__(self) -> None:
        self._next = asyncio.Event()

    def ring(self) -> None:
        self._next.set()
        self._next = asyncio.Event()

    def listen(self) -> asyncio.Event:
        """The next ring: ask before looking for work, so that none goes unheard."""
        return self._next


async def keep_at(work: Work, bell: Bell | None, seconds: float) -> None:
    """Repeat the work while it reports any; then wait for the bell or that long."""
    while True:
        ring = bell.listen() if bell else asyncio.Event()
        try:
            busy = await work()
        except Exception:
            log.exception("background work failed")
            busy = False
        if not busy:
            with suppress(TimeoutError):
                await asyncio.wait_for(ring.wait(), seconds)
