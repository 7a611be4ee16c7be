"""The same tap in a small and in a large cooperative, in interleaved rounds."""

import tempfile
from contextlib import ExitStack
from pathlib import Path
from statistics import median

from tests import postgres
from tests.benchmarks.conversation import Plan, Subject, one
from tests.benchmarks.members import SHOW_AGAIN, fill
from tests.benchmarks.programs import Telegram, coopbot, fast_telegram, stop
from tests.benchmarks.table import Row

SMALL = 1_000
PEOPLE = 1_000
AT_ONCE = 64


def rows(plan: Plan, large: int) -> list[Row]:
    """The time of a tap with `large` members against that with a thousand."""
    with tempfile.TemporaryDirectory() as home, ExitStack() as stack:
        telegram = stack.enter_context(fast_telegram())
        folder = Path(home)
        found = [_row(telegram, "SQLite", _files(folder, large), folder, plan)]
        if postgres.available():
            server = stack.enter_context(postgres.cluster(durable=True))
            urls = {size: stack.enter_context(postgres.database(server)) for size in (SMALL, large)}
            found.append(_row(telegram, "PostgreSQL", urls, folder, plan))
        return found


def _files(folder: Path, large: int) -> dict[int, str]:
    return {size: f"sqlite:///{folder / f'{size}.db'}" for size in (SMALL, large)}


def _row(telegram: Telegram, engine: str, urls: dict[int, str], folder: Path, plan: Plan) -> Row:
    programs, rates = [], {size: list[float]() for size in urls}
    subjects = {size: Subject(engine, f"{size}:{engine}", "tap", SHOW_AGAIN) for size in urls}
    try:
        for size, url in urls.items():
            fill(url, size, PEOPLE)
            programs.append(coopbot(telegram, subjects[size].token, url, folder))
        for subject in subjects.values():
            one(telegram, subject, 0.0, 1, 1.0, PEOPLE)
        for _ in range(plan.rounds):
            for size, subject in subjects.items():
                rates[size].append(one(telegram, subject, 0.0, AT_ONCE, plan.seconds, PEOPLE))
    finally:
        stop(*programs)
    small, large = (median(found) for found in rates.values())
    return Row(
        f"statement tap, {engine}, {max(urls):,} members",
        f"{large:.0f}/s",
        f"{min(urls):,} members: {small:.0f}/s",
        f"{small / large:.2f} of the time",
        "<= 1.2",
    )
