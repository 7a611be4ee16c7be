"""Makes documents and charts in a process of their own, so that the conversation never waits."""

import asyncio
import multiprocessing
import os
import threading
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from importlib import import_module

WORKERS = max(1, (os.cpu_count() or 1) - 1)
HEAVY = (
    "handlers.documents.statement_pdf",
    "handlers.documents.certificates.certificate_pdf",
    "handlers.documents.charts",
)


@dataclass(slots=True)
class Workshop:
    _pool: ProcessPoolExecutor | None = field(default=None)

    async def make(self, maker: str, values: tuple[object, ...]) -> bytes:
        """What `maker` ("package.module:function") makes of the values."""
        try:
            return await self._run(maker, values)
        except BrokenProcessPool:
            self.close()
            return await self._run(maker, values)

    def warm_up(self) -> None:
        """Start the process and load the heavy libraries there, ahead of the first document."""
        self._opened().submit(_load)

    def close(self) -> None:
        if self._pool is not None:
            self._pool.shutdown(wait=False, cancel_futures=True)
            self._pool = None

    async def _run(self, maker: str, values: tuple[object, ...]) -> bytes:
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._opened(), make, maker, values)

    def _opened(self) -> ProcessPoolExecutor:
        if self._pool is None:
            context = multiprocessing.get_context("spawn")
            self._pool = ProcessPoolExecutor(WORKERS, context, initializer=leave_with_parent)
        return self._pool


def make(maker: str, values: tuple[object, ...]) -> bytes:
    """What the maker makes of the values, here and now."""
    module, _, function = maker.partition(":")
    made: bytes = getattr(import_module(module), function)(*values)
    return made


def _load() -> None:
    for module in HEAVY:
        import_module(module)


def leave_with_parent() -> None:
    """A killed bot must not leave its worker behind."""
    os.nice(5)
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_wait_and_exit, args=(parent.join,), daemon=True).start()


def _wait_and_exit(join: Callable[[], None]) -> None:

    join()
    os._exit(0)
