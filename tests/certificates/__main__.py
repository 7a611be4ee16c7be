"""`python -m tests.certificates --members 2000 --kills 5 [--seed 7]`: a year's, killed and read.

Every PDF is read and held against the database: no member's figures are on another's paper.
"""

import argparse
import asyncio
import random
import sys
import tempfile
import time
from pathlib import Path

from storage.database import Database
from storage.migrate import migrate
from tests.certificates.bulk import certified, enrol, finished, killed_after, mixed_up


async def rage(folder: Path, members: int, kills: int, seed: int) -> int:
    """Kill the command so many times, let it finish, read everything; how many problems."""
    url, papers, chance = f"sqlite:///{folder / 'c.db'}", folder / "papers", random.Random(seed)
    papers.mkdir()
    database = Database(url)
    await migrate(database)
    owners = await enrol(database, members)
    await database.close()
    for at in sorted(chance.sample(range(1, members), kills)):
        print(f"killed after {at} files: {await killed_after(url, papers, at)}", flush=True)
    begin = time.monotonic()
    there = len(list(papers.glob("*.pdf")))
    print((await finished(url, papers)).strip().splitlines()[-1])
    seconds = time.monotonic() - begin
    print(f"the last run: {(members - there) / seconds:.1f} a second")
    problems = mixed_up(papers, owners)
    database = Database(url)
    count = await certified(database)
    await database.close()
    print(f"members {members}, certificates {count}, files read {members}, mixed up {problems}")
    return len(problems) + abs(count - members)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.certificates", description=__doc__)
    parser.add_argument("--members", type=int, default=2000)
    parser.add_argument("--kills", type=int, default=5)
    parser.add_argument("--seed", type=int, default=7)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="coopbot-papers-") as folder:
        return asyncio.run(rage(Path(folder), given.members, given.kills, given.seed))


if __name__ == "__main__":
    sys.exit(main())
