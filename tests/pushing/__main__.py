"""`python -m tests.pushing --kills 500 --notifications 50000 --seed 7 [--database-url …]`."""

import argparse
import asyncio
import sys
import tempfile
import time
from pathlib import Path

from storage.database import Database
from storage.migrate import migrate
from tests.pushing.storm import Report, open_storm

TURNS = 25


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.pushing", description=__doc__)
    parser.add_argument("--kills", type=int, default=500)
    parser.add_argument("--notifications", type=int, default=50_000)
    parser.add_argument("--minutes", type=float, default=60.0, help="of killing, at most")
    parser.add_argument("--pace", type=float, default=1_000.0, help="notifications a second")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--database-url", help="an empty PostgreSQL database; default: SQLite")
    given = parser.parse_args()
    begin = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="coopbot-pushing-") as folder:
        url = given.database_url or f"sqlite:///{Path(folder) / 'coopbot.db'}"
        report = asyncio.run(_run(Path(folder), url, given))
    print(report)
    print(f"     seconds: {time.monotonic() - begin:.0f} (seed {given.seed})")
    return 1 if report.problems else 0


async def _run(folder: Path, database_url: str, given: argparse.Namespace) -> Report:
    database = Database(database_url)
    await migrate(database)
    await database.close()
    members = max(1, given.notifications // TURNS)
    async with open_storm(folder, database_url, given.seed, members, given.pace) as storm:
        return await storm.rage(given.kills, TURNS, given.minutes)


sys.exit(main())
