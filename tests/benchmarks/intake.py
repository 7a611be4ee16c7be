"""Loading against `sqlite3`'s own `.import` of the same files: rate and peak memory.

`python -m tests.benchmarks.intake [MEMBERS]`: 20 movements and 4 products a member;
100000 is the size in the requirements (about 2,500,000 rows).
"""

import asyncio
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

from domain.clock import SystemClock
from storage.database import Database
from storage.intake.load import load
from storage.intake.outcome import Options
from storage.migrate import migrate
from tests.benchmarks.intake_files import write_files

MEMBERS = 5_000
CUT_OFF = date(2026, 10, 31)


class Phases:
    """When reading ended and the transaction began."""

    def __init__(self) -> None:
        self.merging_at = 0.0

    def reading(self, file: str, size: int) -> None: ...

    def advance(self, size: int) -> None: ...

    def merging(self) -> None:
        self.merging_at = time.perf_counter()


def bench(members: int = MEMBERS) -> None:
    """Print one table."""
    with tempfile.TemporaryDirectory(prefix="coopbot-bench-") as name:
        folder = Path(name)
        rows = write_files(folder, members)
        print(f"{rows:,} rows of {members:,} members")
        url = f"sqlite:///{folder / 'coopbot.db'}"
        for label in ("coopbot import", "  … the same again"):
            _run(url, folder, label)
        _sqlite3(folder, rows)


def _run(url: str, folder: Path, label: str) -> None:
    command = [sys.executable, "-m", "tests.benchmarks.intake", "--load", url, str(folder), label]
    subprocess.run(command, check=True)


async def _load(url: str, folder: Path, label: str) -> None:
    database, phases = Database(url), Phases()
    await migrate(database)
    began = time.perf_counter()
    options = Options(SystemClock(), cut_off=CUT_OFF)
    outcome = await load(database, folder, options, phases, lambda _: None)
    ended = time.perf_counter()
    await database.close()
    locked = ended - phases.merging_at
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    _line(label, outcome.loaded, ended - began, f"{peak} MiB, transaction {locked:.1f} s")


def _sqlite3(folder: Path, rows: int) -> None:
    shell = shutil.which("sqlite3")
    if shell is None:
        print("sqlite3 .import        (not installed)")
        return
    files = sorted(folder.glob("*.csv"))
    script = ".mode csv\n.separator ;\n" + "".join(f".import {f} {f.stem}\n" for f in files)
    began = time.perf_counter()
    subprocess.run([shell, str(folder / "peer.db")], input=script, text=True, check=True)
    took = time.perf_counter() - began
    _line("sqlite3 .import (text)", rows, took, "no checks, no types, no keys")


def _line(label: str, rows: int, seconds: float, more: str) -> None:
    print(f"{label:<24}{seconds:8.1f} s {rows / seconds:10,.0f} rows/s   {more}", flush=True)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--load"]:
        asyncio.run(_load(sys.argv[2], Path(sys.argv[3]), sys.argv[4]))
    else:
        bench(int(sys.argv[1]) if len(sys.argv) > 1 else MEMBERS)
