"""One certificate, a year's in bulk, and the event loop while members ask for them."""

import argparse
import asyncio
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from bot.bulk import WORKERS
from bot.workshop import Workshop
from handlers.documents.certificates.certificate_pdf import certificate_pdf
from storage.database import Database
from storage.migrate import migrate
from tests.benchmarks.documents import fpdf2_line, interleaved
from tests.benchmarks.lag import held_up
from tests.benchmarks.table import Row
from tests.certificates.bulk import KIND, YEAR, bulk, enrol, owner, write_all
from tests.documents.certificate_samples import KINDS

SOME, FULL = 300, 10_000
MAKER = "handlers.documents.certificates.certificate_pdf:certificate_pdf"
MIB = 1024


def rows(members: int) -> Iterator[Row]:
    """Each kind against fpdf2's smallest page; the bulk against as many of those."""
    for name in ("withholding", "tax_return", "credit"):
        yield _one(name)
    yield from _bulk(members)
    yield held_up("certificates", Workshop(), MAKER, KINDS["withholding"], certificate_pdf)


def _one(name: str) -> Row:
    values = KINDS[name]
    mine, size, other, other_size = interleaved(lambda: certificate_pdf(values), fpdf2_line)
    ours = f"{mine * 1000:.0f} ms, {size / 1000:.0f} kB"
    peer = f"fpdf2, 1 line: {other * 1000:.0f} ms, {other_size / 1000:.0f} kB"
    return Row(f"certificate, {name}", ours, peer, f"time x{mine / other:.1f}", "reported")


def _bulk(members: int) -> Iterator[Row]:
    """In a process of its own, so that the memory is its own and its workers'."""
    command = [sys.executable, "-m", __name__, "--members", str(members)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    found: dict[str, float] = json.loads(done.stdout)
    ours, peer = found["ours"], found["peer"]
    label = f"{members:,} certificates in bulk, {WORKERS} processes"
    told = f"fpdf2, 1 line, same pool: {peer:.1f} a second"
    yield Row(label, f"{ours:.1f} a second", told, f"{ours / peer:.2f}", "reported")
    memory = f"{found['main']:.0f} MiB, each worker {found['worker']:.0f} MiB"
    yield Row("  peak memory", memory, aim="flat")


async def measure(members: int, folder: Path) -> dict[str, float]:
    """Certificates and smallest pages a second, the pools' start apart; peak memory in MiB."""
    database = Database(f"sqlite:///{folder / 'c.db'}")
    await migrate(database)
    await enrol(database, members)
    await _first(database, folder)
    begin = time.perf_counter()
    await write_all(database, folder / "papers")
    ours = members / (time.perf_counter() - begin)
    await database.close()
    return {"ours": ours, "peer": _lines_a_second(members), **_memory()}


async def _first(database: Database, folder: Path) -> None:
    """One beforehand: libraries are read from the disk."""
    await bulk(database, folder / "first").one(KIND, YEAR, owner(1).number)


def _lines_a_second(members: int) -> float:
    with ProcessPoolExecutor(WORKERS, get_context("spawn")) as pool:
        begin = time.perf_counter()
        for _ in pool.map(_line, range(members), chunksize=10):
            pass
        return members / (time.perf_counter() - begin)


def _line(_: int) -> int:
    return len(fpdf2_line())


def _memory() -> dict[str, Any]:
    own, children = (
        resource.getrusage(whose).ru_maxrss / MIB
        for whose in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    return {"main": own, "worker": children}


def main() -> None:
    parser = argparse.ArgumentParser(prog=f"python -m {__name__}", description=__doc__)
    parser.add_argument("--members", type=int, default=SOME)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="coopbot-bench-") as folder:
        print(json.dumps(asyncio.run(measure(given.members, Path(folder)))))


if __name__ == "__main__":
    main()
