"""How long the event loop is held up while many documents are made at once."""

import asyncio
from collections.abc import Awaitable, Callable
from statistics import quantiles
from time import perf_counter
from typing import Any

from bot.workshop import Workshop
from handlers.documents.statement_pdf import statement_pdf
from tests.benchmarks.table import Row
from tests.documents.samples import KINDS

AT_ONCE = 50
TICK = 0.005
MAKER = "handlers.documents.statement_pdf:statement_pdf"
Make = Callable[[Any], Awaitable[bytes]]


def rows() -> list[Row]:
    """The 99th percentile with the workshop's processes, and with plain threads."""
    return [held_up("documents", Workshop(), MAKER, KINDS["ordinary"], statement_pdf)]


def held_up(
    what: str, workshop: Workshop, maker: str, paper: Any, make: Callable[[Any], bytes]
) -> Row:
    """The loop while such papers are made in the workshop, against the same in threads."""
    make(paper)
    ours = asyncio.run(_in_workshop(workshop, maker, paper))
    other = asyncio.run(_lags(lambda given: asyncio.to_thread(make, given), paper))
    return Row(
        f"event loop held up by {AT_ONCE} {what} at once, p99",
        told(ours),
        f"in threads: {told(other)}",
        f"{percentile(ours, 99) / percentile(other, 99):.2f}",
        "< 50 ms",
    )


async def _in_workshop(workshop: Workshop, maker: str, paper: Any) -> list[float]:
    try:
        await workshop.make(maker, (paper,))
        return await _lags(lambda given: workshop.make(maker, (given,)), paper)
    finally:
        workshop.close()


async def _lags(make: Make, paper: Any) -> list[float]:
    """How late each tick came while the documents were made."""
    lags: list[float] = []
    watching = asyncio.create_task(watch(lags))
    await asyncio.gather(*(make(paper) for _ in range(AT_ONCE)))
    watching.cancel()
    return lags


async def watch(lags: list[float]) -> None:
    """How late each tick comes, for ever."""
    while True:
        due = perf_counter() + TICK
        await asyncio.sleep(TICK)
        lags.append(max(0.0, perf_counter() - due))


def told(lags: list[float]) -> str:
    """The lags as one cell."""
    p50, p99 = percentile(lags, 50), percentile(lags, 99)
    return f"{p99 * 1000:.1f} ms (p50 {p50 * 1000:.1f}, longest {max(lags) * 1000:.1f})"


def percentile(lags: list[float], which: int) -> float:
    """In seconds."""
    return quantiles(lags, n=100)[which - 1]
