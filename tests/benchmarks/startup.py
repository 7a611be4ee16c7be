"""From the start of `coopbot run` to the first answer, its memory, and what it imports."""

import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median

from tests.benchmarks.members import fill
from tests.benchmarks.programs import (
    ROOT,
    Program,
    Telegram,
    coopbot,
    fast_telegram,
    peer,
    stop,
)
from tests.benchmarks.table import Row

SETTLE_SECONDS = 12.0
HEAVIEST = 6
PEER = "from telegram.ext import Application"
OURS = "import bot.cli, bot.running, bot.settings, bot.journal, storage.cooperative_file"


def rows(rounds: int) -> list[Row]:
    """Medians of so many starts; memory of the last one, after its worker has warmed up."""
    with tempfile.TemporaryDirectory() as home, fast_telegram() as telegram:
        folder = Path(home)
        url = f"sqlite:///{folder / 'bench.db'}"
        first = _first_answer(telegram, f"sqlite:///{folder / 'new.db'}", folder, 0)
        fill(url, 1_000, 1)
        again = [_first_answer(telegram, url, folder, n) for n in range(1, rounds + 1)]
        peers = [_peer_answer(telegram, n) for n in range(rounds)]
        memory = _memory(telegram, url, folder)
    ours, other = median(again), median(peers)
    known = f"python-telegram-bot's echo: {other:.2f} s"
    return [
        Row("start to first answer", f"{ours:.2f} s", known, f"{ours / other:.2f}", "< 1.5 s"),
        Row("… and the tables made first", f"{first:.2f} s"),
        *memory,
        *_imports(),
    ]


def _first_answer(telegram: Telegram, url: str, folder: Path, number: int) -> float:
    begun = time.perf_counter()
    token = f"{300 + number}:start"
    with _stopped(coopbot(telegram, token, url, folder)):
        telegram.first_answer(token)
        return time.perf_counter() - begun


def _peer_answer(telegram: Telegram, number: int) -> float:
    begun = time.perf_counter()
    token = f"{400 + number}:peer"
    with _stopped(peer("ptb", telegram, token)):
        telegram.first_answer(token)
        return time.perf_counter() - begun


@contextmanager
def _stopped(program: Program) -> Iterator[Program]:
    try:
        yield program
    finally:
        stop(program)


def _memory(telegram: Telegram, url: str, folder: Path) -> list[Row]:
    """Resident memory, from Linux's /proc; none elsewhere."""
    if not Path("/proc/self/status").exists():
        return []
    with _stopped(coopbot(telegram, "500:memory", url, folder)) as program:
        telegram.first_answer("500:memory")
        time.sleep(SETTLE_SECONDS)
        children = Path(f"/proc/{program.pid}/task/{program.pid}/children").read_text().split()
        worker = sum(map(_resident, map(int, children)))
        main = f"{_resident(program.pid)} MiB"
        return [
            Row("memory after start, main process", main, aim="< 130 MiB"),
            Row("memory after start, its worker for documents", f"{worker} MiB"),
        ]


def _resident(pid: int) -> int:
    status = Path(f"/proc/{pid}/status").read_text()
    line = next(line for line in status.splitlines() if line.startswith("VmRSS"))
    return int(line.split()[1]) // 1024


def _imports() -> list[Row]:
    """What the start imports, and the heaviest packages in it."""
    ours = _import_times(OURS)
    total, other = sum(ours.values()) / 1e6, sum(_import_times(PEER).values()) / 1e6
    heavy = sorted(ours.items(), key=lambda item: -item[1])[:HEAVIEST]
    named = ", ".join(f"{name} {micro / 1000:.0f}" for name, micro in heavy)
    known = f"telegram.ext alone: {other:.2f} s"
    return [
        Row("imports before the first answer", f"{total:.2f} s", known, f"{total / other:.2f}"),
        Row("… the heaviest, in ms", named),
    ]


def _import_times(code: str) -> dict[str, int]:
    """Microseconds by top-level package."""
    command = [sys.executable, "-X", "importtime", "-c", code]
    printed = subprocess.run(command, cwd=ROOT, text=True, capture_output=True, check=True).stderr
    times: dict[str, int] = {}
    for line in printed.splitlines()[1:]:
        own, _, module = line.removeprefix("import time:").split("|")
        package = module.strip().split(".")[0]
        times[package] = times.get(package, 0) + int(own)
    return times
