"""How long the event loop is held up while many documents are made at once."""

import asyncio
from collections.abc import Awaitable, Callable
from statistics import quantiles
from time import perf_counter

from bot.workshop import Workshop
from handlers.documents.paper import StatementPaper
from handlers.documents.statement_pdf import statement_pdf
from tests.benchmarks.table import Row
from tests.documents.samples import KINDS

AT_ONCE = 50
TICK = 0.005
MAKER = "handlers.documents.statement_pdf:statement_pdf"
Make = Callable[[StatementPaper], Awaitable[bytes]]


def rows() -> list[Row]:
    """The 99th percentile with the workshop's processes, and with plain threads."""
    paper = KINDS["ordinary"]
    statement_pdf(paper)
    ours, other = asyncio.run(_in_workshop(paper)), asyncio.run(_lags(_in_threads, paper))
    return [
        Row(
            f"event loop held up by {AT_ONCE} documents at once, p99",
            told(ours),
            f"in threads: {told(other)}",
            f"{percentile(ours, 99) / percentile(other, 99):.2f}",
            "< 50 ms",
        )
    ]


async def _in_workshop(paper: StatementPaper) -> list[float]:
    workshop = Workshop()
    try:
        await workshop.make(MAKER, (paper,))
        return await _lags(lambda given: workshop.make(MAKER, (given,)), paper)
    finally:
        workshop.close()


async def _in_threads(paper: StatementPaper) -> bytes:
    return await asyncio.to_thread(statement_pdf, paper)


async def _lags(make: Make, paper: StatementPaper) -> list[float]:
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
