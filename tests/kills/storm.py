"""Members chat while the bot is killed and started again, round after round."""

import asyncio
import random
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import update

from bot.sandbox import faults
from bot.sandbox.courier import Retry
from bot.sandbox.limits import Limits
from bot.sandbox.sandbox import Sandbox
from storage.database import Database
from storage.schema import mail, outbox
from tests.kills import checks
from tests.kills.life import Life
from tests.kills.people import enrol
from tests.kills.process import BotProcess

MEMBERS = 6
SETTLE_SECONDS = 120.0
TELEGRAM_SECONDS = 0.02
MOST_CHANGES = 40
QUIET_SECONDS = 15.0
START_KILLS = 0.15


@dataclass(slots=True)
class Report:
    rounds: int = 0
    updates: int = 0
    visits: int = 0
    papers: int = 0
    papers_twice: int = 0
    calls: int = 0
    left_over: int = 0
    problems: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        figures = [f"{name:>13}: {getattr(self, name)}" for name in _FIGURES]
        return "\n".join([*figures, f"     problems: {len(self.problems)}", *self.problems])


_FIGURES = ("rounds", "updates", "visits", "papers", "papers_twice", "calls", "left_over")


@dataclass(slots=True)
class Storm:
    sandbox: Sandbox
    bot: BotProcess
    lives: Sequence[Life]
    random: random.Random
    report: Report = field(default_factory=Report)
    _over: bool = False

    async def rage(self, rounds: int) -> Report:
        """The rounds, a quiet end in which everybody finishes, and the checks."""
        members = [asyncio.create_task(self._chat(life)) for life in self.lives]
        try:
            for _ in range(rounds):
                await self._round()
            await self._inspect()
            await self.bot.start()
            self._over = True
            await asyncio.gather(*members)
            await self._settled()
        finally:
            for member in members:
                member.cancel()
            await self.bot.kill()
        await self._check_all()
        return self.report

    async def _chat(self, life: Life) -> None:
        """Visits until the storm is over; a visit under way is finished."""
        while not self._over:
            try:
                await life.visit()
                self.report.visits += 1
            except AssertionError as problem:
                what = str(problem) or type(problem).__name__
                self.report.problems.append(f"chat {life.person.telegram_id}: {what}")
                return
            left = life.left_over()
            self.report.left_over += len(left)
            self.report.problems += [
                f"chat {life.person.telegram_id}: left over {text!r}" for text in left
            ]

    async def _round(self) -> None:
        await self.bot.start()
        await self._random_moment()
        await self.bot.kill()
        self.report.rounds += 1
        if self.random.random() < 0.5:
            await self._inspect()

    async def _random_moment(self) -> None:
        """After so many changes in the chats, wherever the bot is then; or while it starts."""
        if self.random.random() < START_KILLS:
            await asyncio.sleep(self.random.uniform(0.1, 2.0))
            return
        with suppress(TimeoutError):
            async with asyncio.timeout(QUIET_SECONDS):
                for _ in range(self.random.randint(1, MOST_CHANGES)):
                    await self.sandbox.telegram.hub.changed.wait()
        await asyncio.sleep(self.random.uniform(0, 3 * TELEGRAM_SECONDS))

    async def _inspect(self) -> None:
        """While nothing runs: the order of what was done; then a minute and more go by."""
        database = Database(self.bot.database_url)
        self.report.problems += await checks.whole(database)
        self.report.problems += await checks.in_order(database, self.lives)
        await run_out_of_leases(database)
        await database.close()

    async def _settled(self) -> None:
        """The bot has confirmed everything, and its work in the background has come to rest."""
        database = Database(self.bot.database_url)
        for _ in range(100):
            if not self.sandbox.pending and not await checks.busy(database):
                break
            await asyncio.sleep(0.3)
        await database.close()

    async def _check_all(self) -> None:
        database = Database(self.bot.database_url)
        report, lives = self.report, self.lives
        if self.sandbox.pending:
            report.problems.append(f"{self.sandbox.pending} updates still wait")
        for problems in (
            await checks.whole(database),
            await checks.in_order(database, lives),
            await checks.counted(database, lives),
            await checks.audited(database),
            await checks.papers(database, self.sandbox, lives),
        ):
            report.problems += problems
        await database.close()
        report.updates = sum(len(life.sent) for life in lives)
        report.papers = sum(life.counts["paper"] for life in lives)
        report.calls = len(self.sandbox.ledger.calls)
        arrived = len(self.sandbox.ledger.of("editMessageMedia", outcome="ok"))
        report.papers_twice = max(0, arrived - report.papers)
        report.problems += [
            f"chat {life.person.telegram_id} ends without buttons: {life.screen!r}"
            for life in lives
            if not life.member.labels
        ]


async def run_out_of_leases(database: Database) -> None:
    """As if the outage had lasted more than a minute: what was in hand is free again."""
    past = datetime.now(UTC) - timedelta(seconds=1)
    async with database.unit() as connection:
        for table in (outbox, mail):
            held = update(table).where(table.c.lease_until.is_not(None))
            await connection.execute(held.values(lease_until=past))


@asynccontextmanager
async def open_storm(
    folder: Path,
    database_url: str,
    seed: int,
    members: int = MEMBERS,
    webhook_secret: str | None = None,
) -> AsyncIterator[Storm]:
    """A sandbox, a migrated database with members, and the bot, not yet started.

    With a secret Telegram posts to the bot's webhook; else the bot polls.
    """
    chance = random.Random(seed)
    retry = Retry(first=0.2, longest=0.5)
    sandbox = Sandbox(limits=Limits.none(), retry=retry, settle_within=SETTLE_SECONDS)
    sandbox.faults.add(faults.slow(TELEGRAM_SECONDS))
    database = Database(database_url)
    people = await enrol(database, members)
    await database.close()
    async with sandbox:
        lives = [Life(sandbox, person, random.Random(chance.random())) for person in people]
        bot = BotProcess(sandbox, database_url, folder)
        if webhook_secret is not None:
            bot.listen_for_telegram(webhook_secret)
        yield Storm(sandbox, bot, lives, chance)
