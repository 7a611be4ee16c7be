"""Updates answered a second: a tap that shows the statement, against echo bots, in one run."""

import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from statistics import median
from typing import Any

from tests import postgres
from tests.benchmarks.members import SHOW_AGAIN, fill
from tests.benchmarks.programs import Telegram, coopbot, fast_telegram, peer, stop
from tests.benchmarks.table import Row

PEERS = {"ptb": "python-telegram-bot", "ptb64": "… concurrent 64", "aiogram": "aiogram"}
DELAYS = {0.0: "at once", 0.05: "50 ms a call"}
CHATS = (64, 1)
MEMBERS = 1_000
AIMED = {(0.0, 64, "ptb"), (0.05, 64, "aiogram")}
Rates = dict[tuple[str, str, float, int], list[float]]


@dataclass(frozen=True, slots=True)
class Plan:
    """How long and how often everything is measured."""

    rounds: int = 5
    seconds: float = 2.0


@dataclass(frozen=True, slots=True)
class Subject:
    """A bot and what it is asked."""

    name: str
    token: str
    kind: str
    data: str


def rows(plan: Plan) -> list[Row]:
    """Every engine in every mode against every peer; medians of interleaved rounds."""
    with tempfile.TemporaryDirectory() as home, ExitStack() as stack:
        telegram = stack.enter_context(fast_telegram())
        engines = stack.enter_context(databases(Path(home)))
        subjects = stack.enter_context(_subjects(telegram, engines, Path(home)))
        rates = _measure(telegram, subjects, plan)
    return [
        _row(rates, engine, delay, chats, name)
        for delay, chats, engine, name in product(DELAYS, CHATS, engines, PEERS)
    ]


@contextmanager
def databases(home: Path) -> Iterator[dict[str, str]]:
    """An address for each installed engine, both with full sync."""
    with ExitStack() as stack:
        found = {"SQLite": f"sqlite:///{home / 'bench.db'}"}
        if postgres.available():
            server = stack.enter_context(postgres.cluster(durable=True))
            found["PostgreSQL"] = stack.enter_context(postgres.database(server))
        yield found


@contextmanager
def _subjects(telegram: Telegram, engines: dict[str, str], home: Path) -> Iterator[list[Subject]]:
    subjects, programs = [], []
    try:
        for number, (engine, url) in enumerate(engines.items()):
            fill(url, MEMBERS, max(CHATS))
            token = f"{100 + number}:ours"
            programs.append(coopbot(telegram, token, url, home))
            subjects.append(Subject(engine, token, "tap", SHOW_AGAIN))
        for number, name in enumerate(PEERS):
            token = f"{200 + number}:peer"
            programs.append(peer(name, telegram, token))
            subjects += [Subject(name, token, kind, "hola") for kind in ("tap", "text")]
        yield subjects
    finally:
        stop(*programs)


def _measure(telegram: Telegram, subjects: list[Subject], plan: Plan) -> Rates:
    rates: Rates = {}
    for subject in subjects:
        one(telegram, subject, 0.0, 1, 1.0)
    for _ in range(plan.rounds):
        for delay, chats, subject in product(DELAYS, CHATS, subjects):
            found = one(telegram, subject, delay, chats, plan.seconds)
            rates.setdefault((subject.name, subject.kind, delay, chats), []).append(found)
    return rates


def one(
    telegram: Telegram,
    subject: Subject,
    delay: float,
    chats: int,
    seconds: float,
    people: int | None = None,
) -> float:
    """One measured stretch: updates a second; fails when ours shows anything but the statement."""
    load: dict[str, Any] = {"kind": subject.kind, "at_once": chats, "people": people or chats}
    found = telegram.measure(subject.token, delay=delay, seconds=seconds, data=subject.data, **load)
    if subject.data == SHOW_AGAIN and "Su estado de cuenta" not in found["text"]:
        raise RuntimeError(f"not the statement: {found['text']!r}")
    return float(found["rate"])


def _row(rates: Rates, engine: str, delay: float, chats: int, name: str) -> Row:
    ours = median(rates[engine, "tap", delay, chats])
    tap, text = (median(rates[name, kind, delay, chats]) for kind in ("tap", "text"))
    return Row(
        f"statement tap, {engine}, {DELAYS[delay]}, {chats} at once",
        f"{ours:.0f}/s",
        f"{PEERS[name]} echo: tap {tap:.0f}/s, text {text:.0f}/s",
        f"{ours / tap:.2f} / {ours / text:.2f}",
        ">= 1.0" if (delay, chats, name) in AIMED else "",
    )
