"""`python -m tests.kills --rounds 100 --seed 7 [--database-url …]`: kill the bot, count."""

import argparse
import asyncio
import signal
import sys
import tempfile
import time
from pathlib import Path

from storage.database import Database
from storage.migrate import migrate
from tests.kills.storm import Report, open_storm


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.kills", description=__doc__)
    parser.add_argument("--rounds", type=int, default=100)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--database-url", help="an empty PostgreSQL database; default: SQLite")
    given = parser.parse_args()
    begin = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="coopbot-kills-") as folder:
        url = given.database_url or f"sqlite:///{Path(folder) / 'coopbot.db'}"
        report = asyncio.run(_run(Path(folder), url, given.rounds, given.seed))
    print(report)
    print(f"      seconds: {time.monotonic() - begin:.0f} (seed {given.seed})")
    return 1 if report.problems else 0


async def _run(folder: Path, database_url: str, rounds: int, seed: int) -> Report:
    this = asyncio.current_task()
    assert this
    # Told to stop, it takes its bot with it.
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, this.cancel)
    database = Database(database_url)
    await migrate(database)
    await database.close()
    async with open_storm(folder, database_url, seed) as storm:
        return await storm.rage(rounds)


sys.exit(main())
