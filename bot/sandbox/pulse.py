"""Wakes whoever waits for a change."""

from __future__ import annotations

import asyncio


class Pulse:
    """A bell: everyone waiting at the moment it rings goes on."""

    def __init__(self) -> None:
        self._bell = asyncio.Event()

    def ring(self) -> None:
        """Wake all who wait now."""
        bell, self._bell = self._bell, asyncio.Event()
        bell.set()

    async def wait(self) -> None:
        """Until the next ring."""
        await self._bell.wait()
