"""Simulations through the flow, how long they hold the event loop up, and their papers."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from datetime import UTC, datetime
from decimal import Decimal
from io import BytesIO
from itertools import count
from pathlib import Path
from statistics import quantiles
from time import perf_counter
from unittest.mock import Mock

from xlsxwriter import Workbook

from domain.conversation import Visit
from domain.finance.periods import Period
from domain.products.cdat_quotes import CdatQuotes, CdatRequest
from domain.products.credit_quotes import CreditQuotes, CreditRequest
from domain.products.ranges import Situation
from handlers.documents.credit_chart import credit_chart
from handlers.documents.credit_pdf import credit_pdf
from handlers.documents.schedule_xlsx import schedule_xlsx
from handlers.kit.flow import Flow, Go
from handlers.kit.texts import html, plain
from handlers.simulation.cdat_flow import CdatSimulationFlow
from handlers.simulation.credit_flow import CreditSimulationFlow
from handlers.simulation.interest import LeadOffice
from handlers.simulation.people import Person
from handlers.simulation.period_question import ChoosePeriod
from handlers.simulation.quoting import quoting
from handlers.simulation.term_question import SetTerm
from storage.cooperative_file import read_cooperative
from tests.benchmarks.documents import Maker, fpdf2_line, interleaved, matplotlib_bars
from tests.benchmarks.table import Row
from tests.documents.simulations import CREDITS

DEMO = Path(__file__).parents[2] / "storage" / "demo" / "cooperativa.toml"
COOPERATIVE = read_cooperative(DEMO)
NOW = datetime(2026, 11, 2, 14, 30, tzinfo=UTC)
SITUATION = Situation(NOW.date())
SECONDS = 3.0
TICK = 0.002
Simulate = Callable[[int], Awaitable[str]]


def rows() -> Iterator[Row]:
    """Simulations a second against the domain alone, the loop's lag, and the papers' cost."""
    yield from asyncio.run(_through_the_flow())
    paper = CREDITS["ten_years"]
    yield _paper("PDF", lambda: credit_pdf(paper), "fpdf2, 1 line", fpdf2_line)
    yield _paper("chart", lambda: credit_chart(paper), "matplotlib, 3 bars", matplotlib_bars)
    yield _paper("spreadsheet", lambda: schedule_xlsx(paper), "xlsxwriter, 1 cell", _one_cell)


def _paper(name: str, ours: Maker, peer_name: str, peer: Maker) -> Row:
    mine, size, other, other_size = interleaved(ours, peer)
    return Row(
        f"credit of 120 instalments, {name}",
        f"{mine * 1000:.0f} ms, {size / 1000:.0f} kB",
        f"{peer_name}: {other * 1000:.0f} ms, {other_size / 1000:.0f} kB",
        f"{mine / other:.1f}",
    )


def _one_cell() -> bytes:
    """xlsxwriter's own minimum."""
    file = BytesIO()
    with Workbook(file, {"in_memory": True}) as book:
        book.add_worksheet().write_number(0, 0, 1)
    return file.getvalue()


async def _through_the_flow() -> list[Row]:
    lines = {
        "credit, 24 instalments": (_credit(24), _bare_credit("libre-inversion", 24)),
        "credit, 72 instalments": (_credit(72), _bare_credit("libre-inversion", 72)),
        "CDAT, paid monthly": (_cdat(), _bare_cdat()),
    }
    return [await _row(name, flow, bare) for name, (flow, bare) in lines.items()]


async def _row(name: str, flow: Simulate, bare: Callable[[int], object]) -> Row:
    await flow(0)
    alone = _rate_of(bare)
    done, lags = await _under_watch(flow)
    late = quantiles(lags, n=100)
    held = f"loop held up p99 {late[98] * 1000:.1f} ms, longest {max(lags) * 1000:.1f} ms"
    return Row(
        f"{name}: answer, quote, screen",
        f"{done:.0f}/s; {held}",
        f"the quote alone: {alone:.0f}/s",
        f"{done / alone:.2f}",
        ">= 1,000/s",
    )


async def _under_watch(simulate: Simulate) -> tuple[float, list[float]]:
    """Simulations a second, one after the other, and how late others' ticks came meanwhile."""
    lags: list[float] = []
    watch = asyncio.create_task(_watch(lags))
    numbers, start = count(1), perf_counter()
    for number in numbers:
        await simulate(number)
        await asyncio.sleep(0)
        if perf_counter() - start >= SECONDS:
            break
    watch.cancel()
    return number / (perf_counter() - start), lags


async def _watch(lags: list[float]) -> None:
    while True:
        due = perf_counter() + TICK
        await asyncio.sleep(TICK)
        lags.append(max(0.0, perf_counter() - due))


def _rate_of(work: Callable[[int], object]) -> float:
    start, done = perf_counter(), 0
    while perf_counter() - start < SECONDS:
        done += 1
        work(done)
    return done / (perf_counter() - start)


def _office() -> tuple[Person, LeadOffice]:
    # A visitor has nothing on file, and nothing is sent: no database is asked.
    return Person(Visit(7, 7, NOW), Mock()), LeadOffice(Mock(), Mock(), COOPERATIVE)


def _credit(months: int) -> Simulate:
    flow = CreditSimulationFlow(*_office(), print, quoting(COOPERATIVE.products)).flow()
    draft = {"line": "libre-inversion", "period": "monthly", "system": "level"}

    async def simulate(number: int) -> str:
        data = {"draft": draft | {"amount": str(1_000_000 + number * 1_000)}}
        answered = await flow.steps["term"].answer(data, SetTerm(months))
        return await _shown(flow, answered)

    return simulate


def _cdat() -> Simulate:
    flow = CdatSimulationFlow(*_office(), print, quoting(COOPERATIVE.products)).flow()
    draft = {"line": "cdat", "term": 360}

    async def simulate(number: int) -> str:
        data = {"draft": draft | {"amount": str(1_000_000 + number * 1_000)}}
        answered = await flow.steps["period"].answer(data, ChoosePeriod("monthly"))
        return await _shown(flow, answered)

    return simulate


async def _shown(flow: Flow, answered: object) -> str:
    """The screen that follows, written as Telegram gets it."""
    if not isinstance(answered, Go) or answered.step != "result":
        raise RuntimeError(f"no result: {answered!r}")
    screen = await flow.steps["result"].show(answered.data)
    for row in screen.rows:
        for button in row:
            plain(button.label, button.params)
    return html(screen.text, screen.params)


def _bare_credit(line: str, months: int) -> Callable[[int], object]:
    quotes = CreditQuotes(COOPERATIVE.products)
    return lambda number: quotes.quote(
        CreditRequest(line, Decimal(1_000_000 + number * 1_000), months), SITUATION
    )


def _bare_cdat() -> Callable[[int], object]:
    quotes = CdatQuotes(COOPERATIVE.products)
    return lambda number: quotes.quote(
        CdatRequest("cdat", Decimal(1_000_000 + number * 1_000), 360, Period.MONTHLY), SITUATION
    )
