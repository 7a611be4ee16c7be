"""`python -m tests.certificates.storm --requests 10000 --members 500 --kills 40 [--seed 7]`.

Members in session ask for certificates, interleaved, while the bot is killed and started again.
Every paper that ever arrived is read: nobody got another member's.
"""

import argparse
import asyncio
import random
import sys
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from bot.sandbox.courier import Retry
from bot.sandbox.limits import Limits
from bot.sandbox.sandbox import Sandbox
from storage.database import Database
from storage.migrate import migrate
from tests.certificates.askers import Asker, arrivals, in_session, miscounted, misdirected
from tests.keys import CHAIN
from tests.kills import checks
from tests.kills.process import BotProcess
from tests.kills.storm import run_out_of_leases

AT_ONCE = 25
SETTLE_SECONDS = 300.0
KILLED_WITHIN_SECONDS = 1.0


@dataclass(slots=True)
class Storm:
    sandbox: Sandbox
    bot: BotProcess
    database: Database
    askers: list[Asker]
    random: random.Random
    _free: list[Asker]
    kills: int = 0
    problems: list[str] = field(default_factory=list)
    _left: int = 0
    _moments: list[int] = field(default_factory=list)

    async def rage(self, requests: int, kills: int) -> list[str]:
        """So many requests and kills; then everything is delivered, counted and read."""
        self._left = requests
        self._moments = sorted(self.random.sample(range(requests), kills))
        await self.bot.start()
        try:
            async with asyncio.TaskGroup() as group:
                group.create_task(self._kill())
                for _ in range(min(AT_ONCE, len(self.askers))):
                    group.create_task(self._ask())
            await self._delivered()
        finally:
            await self.bot.kill()
        self.problems += await checks.whole(self.database)
        self.problems += await miscounted(self.database, self.sandbox, self.askers)
        self.problems += await misdirected(self.database, self.sandbox, self.askers)
        return self.problems

    @property
    def arrived(self) -> int:
        return sum(map(len, arrivals(self.sandbox).values()))

    async def _ask(self) -> None:
        """One request after another, each of somebody who is not asking at this moment."""
        while self._left:
            self._left -= 1
            asker = self._free.pop(self.random.randrange(len(self._free)))
            await asker.ask()
            self._free.append(asker)

    async def _kill(self) -> None:
        """When so many requests are left, wherever the bot is a moment later."""
        while self._moments:
            moment = self._moments.pop()
            while self._left > moment:
                await self.sandbox.telegram.hub.changed.wait()
            await asyncio.sleep(self.random.uniform(0, KILLED_WITHIN_SECONDS))
            await self.bot.kill()
            await run_out_of_leases(self.database)
            await self.bot.start()
            self.kills += 1

    async def _delivered(self) -> None:
        async with asyncio.timeout(SETTLE_SECONDS):
            while self.sandbox.pending or await checks.busy(self.database):  # noqa: ASYNC110
                await asyncio.sleep(0.3)


@asynccontextmanager
async def open_storm(
    folder: Path, database_url: str, seed: int, members: int
) -> AsyncIterator[Storm]:
    """A sandbox, members in session, and the bot, not yet started."""
    chance, retry = random.Random(seed), Retry(first=0.2, longest=0.5)
    database = Database(database_url, CHAIN)
    async with Sandbox(limits=Limits.none(), retry=retry, settle_within=SETTLE_SECONDS) as sandbox:
        askers = await in_session(database, sandbox, members, chance)
        bot = BotProcess(sandbox, database_url, folder)
        yield Storm(sandbox, bot, database, askers, chance, list(askers))
    await database.close()


async def _run(folder: Path, given: argparse.Namespace) -> list[str]:
    url = given.database_url or f"sqlite:///{folder / 'coopbot.db'}"
    database = Database(url, CHAIN)
    await migrate(database)
    await database.close()
    async with open_storm(folder, url, given.seed, given.members) as storm:
        problems = await storm.rage(given.requests, given.kills)
        print(f"requests {given.requests}, members {given.members}, kills {storm.kills}")
        print(f"papers arrived {storm.arrived}, problems {len(problems)}", *problems, sep="\n")
    return problems


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.certificates.storm", description=__doc__)
    parser.add_argument("--requests", type=int, default=10_000)
    parser.add_argument("--members", type=int, default=500)
    parser.add_argument("--kills", type=int, default=40)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--database-url", help="an empty PostgreSQL database; default: SQLite")
    given, begin = parser.parse_args(), time.monotonic()
    with tempfile.TemporaryDirectory(prefix="coopbot-certificates-") as folder:
        problems = asyncio.run(_run(Path(folder), given))
    print(f"seconds {time.monotonic() - begin:.0f} (seed {given.seed})")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
