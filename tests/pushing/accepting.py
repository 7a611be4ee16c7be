"""Programs push while `coopbot run` is killed: what was answered with 202 is on disk, once."""

import asyncio
import json
import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import aiohttp
from sqlalchemy import func, select, update

from bot.sandbox.limits import Limits
from bot.sandbox.sandbox import Sandbox
from domain.clock import SystemClock
from domain.notifications.api_keys import Scope, new_key
from storage.database import Database
from storage.notifications.api_keys import ApiKeyRepository
from storage.schema import idempotency, notification
from tests.keys import CHAIN
from tests.kills.process import BotProcess
from tests.pushing.population import enrol, number_of

PROGRAMS = 4
BULK_EVERY = 7
# None is sent while the test runs.
LATER = (datetime.now(UTC) + timedelta(days=300)).isoformat()
BULK_ROWS = 400
ANSWER_SECONDS = 20.0
MOST_LOOKS = 3_000


@dataclass(slots=True)
class Pusher:
    """A program that asks again, with the same key, until it has an answer."""

    address: str
    key: str
    number: int
    members: int
    accepted: dict[str, int] = field(default_factory=dict)
    turn: int = 0
    over: bool = False

    async def push(self) -> None:
        timeout = aiohttp.ClientTimeout(total=ANSWER_SECONDS)
        async with aiohttp.ClientSession(timeout=timeout) as http:
            while not self.over:
                self.turn += 1
                if self.turn % BULK_EVERY == 0:
                    await self._bulk(http)
                else:
                    await self._single(http)

    async def _single(self, http: aiohttp.ClientSession) -> None:
        name = f"p{self.number}-{self.turn}"
        body = self._row(name, self.turn)
        answer = await self._persist(http, "/v1/notifications", name, json=body)
        self.accepted[name] = answer["id"]

    async def _bulk(self, http: aiohttp.ClientSession) -> None:
        names = [f"p{self.number}-{self.turn}-{n}" for n in range(BULK_ROWS)]
        rows = [self._row(name, n) for n, name in enumerate(names)]
        content = "\n".join(json.dumps(row) for row in rows).encode()
        head = {"Content-Type": "application/x-ndjson"}
        path = "/v1/notifications/bulk"
        key = f"bulk-{self.number}-{self.turn}"
        answer = await self._persist(http, path, key, data=content, headers=head)
        assert answer["accepted"] == BULK_ROWS, answer
        self.accepted |= dict.fromkeys(names, answer["id"])

    def _row(self, name: str, n: int) -> dict[str, str]:
        member = number_of(1 + n % self.members)
        return {
            "external_id": name,
            "member_number": member,
            "category": "operation",
            "text": f"Aviso {name}.",
            "not_before": LATER,
        }

    async def _persist(self, http, path, key, headers=None, **body):
        head = {"Authorization": f"Bearer {self.key}", "Idempotency-Key": key} | (headers or {})
        while True:
            with suppress(aiohttp.ClientError, TimeoutError):
                async with http.post(f"{self.address}{path}", headers=head, **body) as answer:
                    if answer.status in (200, 202):
                        return await answer.json()
                    assert answer.status == 409, await answer.text()
            await asyncio.sleep(0.2)


@dataclass(slots=True)
class Accepting:
    bot: BotProcess
    pushers: list[Pusher]
    random: random.Random

    async def rage(self, kills: int) -> list[str]:
        """Kill so often while they push; what is wrong afterwards."""
        works = [asyncio.create_task(pusher.push()) for pusher in self.pushers]
        try:
            for _ in range(kills):
                await self._round()
            await self.bot.start()
            for pusher in self.pushers:
                pusher.over = True
            await asyncio.gather(*works)
        finally:
            for work in works:
                work.cancel()
            await self.bot.kill()
        return await self._problems()

    async def _round(self) -> None:
        """Kill it after some answers; then a minute goes by."""
        await self.bot.start()
        goal = self._answered() + self.random.randint(3, 30)
        for _ in range(MOST_LOOKS):
            if self._answered() >= goal:
                break
            await asyncio.sleep(0.01)
        await asyncio.sleep(self.random.uniform(0, 0.05))
        await self.bot.kill()
        await self._minute()

    def _answered(self) -> int:
        return sum(pusher.turn for pusher in self.pushers)

    async def _minute(self) -> None:
        database = Database(self.bot.database_url)
        async with database.unit() as connection:
            held = update(idempotency).where(idempotency.c.lease_until.is_not(None))
            past = SystemClock().now().replace(year=2020)
            await connection.execute(held.values(lease_until=past))
        await database.close()

    async def _problems(self) -> list[str]:
        promised = {name: n for pusher in self.pushers for name, n in pusher.accepted.items()}
        database = Database(self.bot.database_url)
        async with database.unit() as connection:
            rows = (await connection.execute(select(notification))).all()
            names = await connection.scalar(
                select(func.count(notification.c.external_id.distinct()))
            )
        await database.close()
        kept = {row.external_id: row.batch_id or row.id for row in rows}
        problems = [f"{name} was promised and is gone" for name in promised.keys() - kept.keys()]
        problems += [f"{name} was kept twice" for name in kept if names != len(rows)]
        return problems + [
            f"{name}: promised as {n}, kept as {kept[name]}"
            for name, n in promised.items()
            if name in kept and kept[name] != n
        ]


@asynccontextmanager
async def open_accepting(
    folder: Path, database_url: str, seed: int, members: int = 20
) -> AsyncIterator[Accepting]:
    """The program, not yet started, and others that push to it."""
    database, key = Database(database_url, CHAIN), new_key()
    async with Sandbox(limits=Limits.none()) as sandbox:
        await enrol(database, sandbox, members)
        async with database.unit() as connection:
            keys = ApiKeyRepository(connection)
            await keys.create("core", frozenset(Scope), key, SystemClock().now())
        await database.close()
        bot = BotProcess(sandbox, database_url, folder)
        pushers = [Pusher(bot.address, key.shown, n, members) for n in range(PROGRAMS)]
        yield Accepting(bot, pushers, random.Random(seed))
