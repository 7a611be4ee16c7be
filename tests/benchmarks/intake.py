"""Loading against `sqlite3`'s own `.import` of the same files: rate and peak memory.

`python -m tests.benchmarks.intake [MEMBERS]`: 20 movements and 4 products a member;
100000 is the size in the requirements (2,500,000 rows).
"""

import asyncio
import json
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from domain.clock import SystemClock
from storage.database import Database
from storage.intake.load import load
from storage.intake.outcome import Options
from storage.migrate import migrate
from tests.benchmarks.intake_files import write_files
from tests.benchmarks.table import Row, lines

MEMBERS = 4_000
CUT_OFF = date(2026, 10, 31)
MEMORY_AIM = "< 300 MiB"


class Phases:
    """When reading ended and the transaction began."""

    def __init__(self) -> None:
        self.merging_at = 0.0

    def reading(self, file: str, size: int) -> None: ...

    def advance(self, size: int) -> None: ...

    def merging(self) -> None:
        self.merging_at = time.perf_counter()


def rows(members: int = MEMBERS) -> Iterator[Row]:
    """The first load, the same again, and what sqlite3 needs for the bare text."""
    with tempfile.TemporaryDirectory(prefix="coopbot-bench-") as name:
        folder = Path(name)
        count = write_files(folder, members)
        url = f"sqlite:///{folder / 'coopbot.db'}"
        for label in ("import, first load", "import, the same again"):
            ours, peer = _measured(url, folder), _sqlite3(folder)
            ratio = f"{peer / ours['seconds']:.2f}" if peer else ""
            told = f"{count / peer:,.0f} rows/s (sqlite3 .import)" if peer else "not installed"
            rate = f"{count / ours['seconds']:,.0f} rows/s of {count:,}"
            yield Row(label, rate, told, ratio, "reported")
            yield Row("  peak memory", f"{ours['peak']:.0f} MiB", aim=MEMORY_AIM)
            yield Row("  write transaction", f"{ours['locked']:.1f} s")


def _measured(url: str, folder: Path) -> dict[str, float]:
    command = [sys.executable, "-m", "tests.benchmarks.intake", "--load", url, str(folder)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    found: dict[str, float] = json.loads(done.stdout)
    return found


async def _load(url: str, folder: Path) -> None:
    database, phases = Database(url), Phases()
    await migrate(database)
    began = time.perf_counter()
    options = Options(SystemClock(), cut_off=CUT_OFF)
    outcome = await load(database, folder, options, phases, lambda _: None)
    ended = time.perf_counter()
    await database.close()
    assert outcome.exit_code == 0
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"seconds": ended - began, "locked": ended - phases.merging_at, "peak": peak}))


def _sqlite3(folder: Path) -> float:
    """The seconds of sqlite3's own import, without checks, types or keys; 0 without sqlite3."""
    shell = shutil.which("sqlite3")
    if shell is None:
        return 0.0
    files = sorted(folder.glob("*.csv"))
    target = folder / "peer.db"
    target.unlink(missing_ok=True)
    script = ".mode csv\n.separator ;\n" + "".join(f".import {f} {f.stem}\n" for f in files)
    began = time.perf_counter()
    subprocess.run([shell, str(target)], input=script, text=True, check=True)
    return time.perf_counter() - began


if __name__ == "__main__":
    if sys.argv[1:2] == ["--load"]:
        asyncio.run(_load(sys.argv[2], Path(sys.argv[3])))
    else:
        size = int(sys.argv[1]) if len(sys.argv) > 1 else MEMBERS
        print("\n".join(lines(rows(size))))
