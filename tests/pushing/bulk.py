"""`python -m tests.pushing.bulk`: a bulk through the real program, with Telegram's limits enforced.

The sandbox refuses what comes too fast; meanwhile other members talk to the bot and time it.
"""

import argparse
import asyncio
import json
import random
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from statistics import quantiles

import aiohttp

from bot.sandbox.ledger import Call
from bot.sandbox.limits import Limits, Rate
from bot.sandbox.sandbox import Sandbox
from domain.clock import SystemClock
from domain.notifications.api_keys import Scope, new_key
from storage.database import Database
from storage.migrate import migrate
from storage.notifications.api_keys import ApiKeyRepository
from tests.keys import CHAIN
from tests.kills.process import BotProcess
from tests.pushing.population import FIRST_CHAT, enrol, number_of

KEPT_FOR_CONVERSATIONS = 5
ALLOWED = 30 - KEPT_FOR_CONVERSATIONS
TALKERS = 8
FIRST_TALKER = 900_000
PATIENCE_SECONDS = 3600.0
STRICT = Limits(overall=Rate(30, 30), chat=Rate(1, 20))


@dataclass(slots=True)
class Pace:
    """`rate`: notifications a second between the first and the last; `waits`: how long members
    waited for the answer to what they said, in seconds, while the bulk went."""

    count: int
    accepted_in: float = 0.0
    seconds: float = 0.0
    refused: int = 0
    waits: list[float] = field(default_factory=list)

    @property
    def rate(self) -> float:
        return (self.count - 1) / self.seconds if self.seconds else 0.0

    @property
    def p95(self) -> float:
        return quantiles(self.waits, n=20)[-1] if len(self.waits) > 1 else 0.0

    def __str__(self) -> str:
        least = (self.count - 1) / ALLOWED
        return "\n".join(
            (
                f"notifications: {self.count}, accepted in {self.accepted_in:.1f} s",
                f"sent in {self.seconds:.1f} s: {self.rate:.2f}/s,"
                f" {self.rate / ALLOWED:.1%} of the {ALLOWED}/s that we allow ourselves",
                f"at 30/s it would take {self.count / 30:.0f} s, at {ALLOWED}/s {least:.0f} s",
                f"429 answers: {self.refused}",
                f"conversations meanwhile: {len(self.waits)} answers, p95 {self.p95:.2f} s",
            )
        )


@dataclass(slots=True)
class BulkRun:
    sandbox: Sandbox
    bot: BotProcess
    key: str
    pace: Pace
    _over: bool = False

    async def run(self) -> Pace:
        """Upload, wait until all arrived, and talk meanwhile."""
        await self.bot.start()
        try:
            await self._until_open()
            begin = time.monotonic()
            await self._upload()
            self.pace.accepted_in = time.monotonic() - begin
            talkers = [asyncio.create_task(self._talk(n)) for n in range(TALKERS)]
            async with asyncio.timeout(PATIENCE_SECONDS):
                while len(self._arrived()) < self.pace.count:
                    await self.sandbox.telegram.hub.changed.wait()
            self._over = True
            await asyncio.gather(*talkers)
        finally:
            await self.bot.terminate()
        self._measure()
        return self.pace

    async def _until_open(self) -> None:
        async with aiohttp.ClientSession() as http, asyncio.timeout(60):
            while True:
                try:
                    async with http.get(f"{self.bot.address}/health") as answer:
                        if answer.status == 200:
                            return
                except aiohttp.ClientError:
                    await asyncio.sleep(0.2)

    async def _upload(self) -> None:
        headers = {
            "Authorization": f"Bearer {self.key}",
            "Idempotency-Key": "bulk",
            "Content-Type": "application/x-ndjson",
        }
        url = f"{self.bot.address}/v1/notifications/bulk"
        async with (
            aiohttp.ClientSession() as http,
            http.post(url, data=self._rows(), headers=headers) as answer,
        ):
            body = await answer.json()
        assert (answer.status, body["accepted"]) == (202, self.pace.count), body

    async def _rows(self):
        for n in range(1, self.pace.count + 1):
            row = {"external_id": f"b{n}", "member_number": number_of(n), "category": "operation"}
            yield (json.dumps(row | {"text": f"Aviso b{n}."}) + "\n").encode()

    async def _talk(self, n: int) -> None:
        """Say something now and then; how long the answer took."""
        phone, chance = self.sandbox.phone(FIRST_TALKER + n, f"Conversa {n}"), random.Random(n)
        while not self._over:
            begin = time.monotonic()
            await phone.say("/start")
            self.pace.waits.append(time.monotonic() - begin)
            await asyncio.sleep(chance.uniform(1.5, 3.5))

    def _arrived(self) -> list[Call]:
        calls = self.sandbox.ledger.of("sendMessage", outcome="ok")
        return [c for c in calls if FIRST_CHAT < (c.chat_id or 0) < FIRST_TALKER]

    def _measure(self) -> None:
        moments = [call.at for call in self._arrived()]
        self.pace.seconds = max(moments) - min(moments)
        self.pace.refused = len(self.sandbox.ledger.of("sendMessage", outcome="429"))


async def bulk(folder: Path, count: int) -> Pace:
    """A bulk to so many members, over SQLite."""
    url = f"sqlite:///{folder / 'coopbot.db'}"
    database, key = Database(url, CHAIN), new_key()
    await migrate(database)
    async with Sandbox(limits=STRICT, settle_within=60.0) as sandbox:
        await enrol(database, sandbox, count)
        async with database.unit() as connection:
            keys = ApiKeyRepository(connection)
            await keys.create("core", frozenset(Scope), key, SystemClock().now())
        await database.close()
        return await BulkRun(
            sandbox, BotProcess(sandbox, url, folder), key.shown, Pace(count)
        ).run()


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.pushing.bulk", description=__doc__)
    parser.add_argument("--notifications", type=int, default=10_000)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="coopbot-bulk-") as folder:
        pace = asyncio.run(bulk(Path(folder), given.notifications))
    print(pace)
    return 0 if pace.refused == 0 and pace.rate >= 0.95 * ALLOWED and pace.p95 < 1 else 1


if __name__ == "__main__":
    sys.exit(main())
