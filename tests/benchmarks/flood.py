"""What members notice while others flood the bot: nothing, if it holds."""

import tempfile
from contextlib import ExitStack
from itertools import count
from pathlib import Path
from typing import Any

from tests.benchmarks.conversation import databases
from tests.benchmarks.fast_telegram import Load
from tests.benchmarks.members import SHOW_AGAIN, fill
from tests.benchmarks.programs import Telegram, coopbot, fast_telegram, stop
from tests.benchmarks.table import Row

# So many that none of them taps faster than is let in.
MEMBERS, AT_ONCE = 1_000, 4
LET_IN = 30
FLOODS = {"nobody": (0, 0.0), "one account, 100 a second": (1, 100.0)}
MANY = {"200 accounts, 20 a second each": (200, 20.0)}
Found = dict[str, Any]


def rows(seconds: float) -> list[Row]:
    """Each engine under each flood, and without the turnstile under the greatest."""
    with tempfile.TemporaryDirectory() as home, ExitStack() as stack:
        telegram = stack.enter_context(fast_telegram())
        engines = stack.enter_context(databases(Path(home)))
        tokens = map("{}:flood".format, count(600))
        found: list[Row] = []
        for engine, url in engines.items():
            fill(url, MEMBERS, MEMBERS)
            found += _rows(telegram, engine, url, Path(home), tokens, seconds)
        return found


def _rows(
    telegram: Telegram, engine: str, url: str, home: Path, tokens: Any, seconds: float
) -> list[Row]:
    results = {
        name: _run(telegram, next(tokens), url, home, flood, seconds, LET_IN)
        for name, flood in (FLOODS | MANY).items()
    }
    (name, flood), calm = next(iter(MANY.items())), results["nobody"]
    without = _run(telegram, next(tokens), url, home, flood, seconds, 1_000_000)
    told = [_row(f"{engine}, flooded by {name}", each, calm) for name, each in results.items()]
    return [*told, _row(f"{engine}, {name}, without the turnstile", without, calm)]


def _run(
    telegram: Telegram,
    token: str,
    url: str,
    home: Path,
    flood: tuple[int, float],
    seconds: float,
    taps: int,
) -> Found:
    program = coopbot(telegram, token, url, home, taps)
    try:
        telegram.first_answer(token)
        load = Load("tap", AT_ONCE, MEMBERS, 0.0, seconds, SHOW_AGAIN, *flood)
        return telegram.measure(token, **{k: getattr(load, k) for k in Load.__annotations__})
    finally:
        stop(program)


def _row(name: str, found: Found, calm: Found) -> Row:
    return Row(
        f"a member's tap, p95, {name}",
        _told(found),
        f"calm: {_told(calm)}",
        f"{found['p95'] / calm['p95']:.2f}" if found["p95"] and calm["p95"] else "",
        "p95 < 2 s",
    )


def _told(found: Found) -> str:
    if not found["p95"]:
        return "no answers"
    p95, p50 = found["p95"] * 1000, found["median"] * 1000
    return f"{p95:.0f} ms (p50 {p50:.0f}; {found['rate']:.0f}/s; {found['backlog']} waiting)"
