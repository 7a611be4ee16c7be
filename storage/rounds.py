"""SQLite waits for the disk once per transaction: units of work that queue up share one.

They run one after the other, each behind its own savepoint, and go on only when the shared
transaction has been committed: whoever is told "committed" has it on the disk.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine


class RoundLost(RuntimeError):
    """The shared transaction was taken back: nothing of it was kept."""


@dataclass(slots=True)
class Round:
    """One write transaction and the units of work in it."""

    connection: AsyncConnection
    _units: int = 0
    _kept: bool = False
    _ending: asyncio.Task[None] | None = None

    @property
    def over(self) -> bool:
        """Whether no more units may join."""
        return self._ending is not None

    @asynccontextmanager
    async def unit(self) -> AsyncIterator[None]:
        """One unit's work; a failure takes back this unit's alone."""
        try:
            if self._units:
                async with self.connection.begin_nested():
                    yield
            else:
                yield
        except BaseException:
            if not self._units or not await self._alive():
                await self._end(keep=False)
            raise
        self._units += 1

    async def commit(self) -> None:
        """Commit once, for all; RoundLost for every unit of a transaction that was not kept."""
        await self._end(keep=True)
        if not self._kept:
            raise RoundLost

    async def _end(self, keep: bool) -> None:
        if self._ending is None:
            self._ending = asyncio.create_task(self._finish(keep))
        # One unit's deadline must not break off the commit of the others.
        await asyncio.shield(self._ending)

    async def _finish(self, keep: bool) -> None:
        try:
            if keep and await self._alive():
                await self.connection.commit()
                self._kept = True
            else:
                await self.connection.rollback()
        finally:
            await self.connection.close()

    async def _alive(self) -> bool:
        """SQLite ends a transaction by itself on some errors; a commit would say nothing of it."""
        if self.connection.invalidated:
            return False
        driver = (await self.connection.get_raw_connection()).driver_connection
        return driver is not None and bool(driver.in_transaction)


class Rounds:
    """One unit of work at a time, in the order of asking."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine
        self._turn = asyncio.Lock()
        self._round: Round | None = None

    @asynccontextmanager
    async def unit(self) -> AsyncIterator[AsyncConnection]:
        """A unit of work in the open transaction; left when that is committed."""
        async with self._turn:
            shared = await self._open()
            async with shared.unit():
                yield shared.connection
        # Those who wait already go first, and so share this commit.
        async with self._turn:
            await shared.commit()

    async def close(self) -> None:
        """Commit what is finished, though nobody waits for it any more."""
        if self._round is not None and not self._round.over:
            await self._round.commit()

    async def _open(self) -> Round:
        if self._round is None or self._round.over:
            connection = await self._engine.connect()
            try:
                await connection.begin()
            except BaseException:
                await connection.close()
                raise
            self._round = Round(connection)
        return self._round
