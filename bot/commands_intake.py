"""`coopbot demo-data` and `coopbot import`: the made-up cooperative's files, and loading files."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeElapsedColumn
from rich.table import Table

from bot.intake_report import ReportFile
from domain.clock import Clock, SystemClock, local_date
from handlers.kit.texts import plain
from storage.database import Database
from storage.demo.writing import write_demo
from storage.intake.findings import Finding
from storage.intake.load import load
from storage.intake.outcome import Options, Outcome
from storage.migrate import migrate, require_newest

_COLUMNS = ("file", "loaded", "changed", "rejected", "absent")
_ENDINGS = {0: "done", 1: "partly", 2: "nothing"}


def demo_data(directory: Path) -> None:
    """Write the made-up cooperative as its core system would export it today."""
    write_demo(directory, local_date(SystemClock().now()))
    Console().print(plain("intake.console.written", {"path": str(directory)}), highlight=False)


async def import_files(
    database_url: str,
    directory: Path,
    *,
    full: bool,
    report: Path,
    cut_off: date | None,
    console: Console | None = None,
    clock: Clock | None = None,
) -> int:
    """Load the directory; the exit code: 0 all loaded, 1 something rejected, 2 nothing loaded.

    OutdatedSchema when a PostgreSQL was not migrated; a SQLite file is, like at the bot's start.
    """
    console = console or Console()
    options = Options(clock or SystemClock(), full=full, cut_off=cut_off)
    async with _opened(database_url) as database:
        with ReportFile(report) as findings, ReadingBar(console) as bar:
            outcome = await load(database, directory, options, bar, findings.add)
    _summarise(console, outcome, report)
    return outcome.exit_code


async def load_quietly(database_url: str, directory: Path) -> None:
    """Load the directory without a word; RuntimeError unless every row could be."""
    found: list[Finding] = []
    async with _opened(database_url) as database:
        options = Options(SystemClock())
        outcome = await load(database, directory, options, NoBar(), found.append)
    if outcome.exit_code:
        raise RuntimeError(f"{directory}: {found[:3]}")


@asynccontextmanager
async def _opened(database_url: str) -> AsyncIterator[Database]:
    database = Database(database_url)
    try:
        await (migrate if database.is_sqlite else require_newest)(database)
        yield database
    finally:
        await database.close()


class NoBar:
    """Shows nothing."""

    def reading(self, file: str, size: int) -> None: ...

    def advance(self, size: int) -> None: ...

    def merging(self) -> None: ...


class ReadingBar:
    """A progress bar per file."""

    def __init__(self, console: Console) -> None:
        text = TextColumn("{task.description}")
        bar = (text, BarColumn(), TaskProgressColumn(), TimeElapsedColumn())
        self._progress = Progress(*bar, console=console)

    def __enter__(self) -> "ReadingBar":
        self._progress.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._progress.stop()

    def reading(self, file: str, size: int) -> None:
        self._progress.add_task(plain("intake.console.reading", {"file": file}), total=size or 1)

    def advance(self, size: int) -> None:
        self._progress.advance(self._progress.task_ids[-1], size)

    def merging(self) -> None:
        self._progress.add_task(plain("intake.console.merging"), total=None)


def _summarise(console: Console, outcome: Outcome, report: Path) -> None:
    title = plain("intake.console.no_title")
    if outcome.cut_off:
        title = plain("intake.console.title", {"cut_off": outcome.cut_off})
    table = Table(*(plain(f"intake.console.{name}") for name in _COLUMNS), title=title)
    for count in outcome.files:
        table.add_row(count.file, *(str(getattr(count, name)) for name in _COLUMNS[1:]))
    console.print(table)
    console.print(plain(f"intake.console.{_ENDINGS[outcome.exit_code]}"))
    console.print(plain("intake.console.report", {"path": str(report)}), highlight=False)
