"""The sender is killed again and again while Telegram misbehaves; then everything is counted."""

import asyncio
import random
import sys
import time
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import func, select, text, update
from sqlalchemy.exc import OperationalError

from bot.sandbox import faults
from bot.sandbox.limits import Limits
from bot.sandbox.sandbox import Sandbox
from domain.notifications.outcomes import PENDING
from storage.database import Database
from storage.schema import notification
from tests.kills.process import BotProcess
from tests.pushing.deliveries import Deliveries
from tests.pushing.population import accept, enrol

MOST_DELIVERIES = 120
QUIET_SECONDS = 20.0
START_KILLS = 0.1
NEVER_SECONDS = 3600.0


@dataclass(slots=True)
class Report:
    """`in_doubt`: duplicates of calls whose answer was spoilt on purpose, after they were accepted.
    `of_kills`: the other duplicates."""

    kills: int = 0
    accepted: int = 0
    sent: int = 0
    other: int = 0
    deliveries: int = 0
    in_doubt: int = 0
    of_kills: int = 0
    calls: Counter[str] = field(default_factory=Counter)
    problems: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        names = ("kills", "accepted", "sent", "other", "deliveries", "in_doubt", "of_kills")
        figures = [f"{name:>12}: {getattr(self, name)}" for name in names]
        calls = ", ".join(f"{name} {count}" for name, count in sorted(self.calls.items()))
        head = [*figures, f"{'calls':>12}: {calls}", f"{'problems':>12}: {len(self.problems)}"]
        return "\n".join([*head, *self.problems[:20]])


@dataclass(slots=True)
class SenderProcess(BotProcess):
    """Only the sender, at a pace of its own: notifications a second."""

    pace: float = 1_000.0

    async def start(self) -> None:
        self._log = (self.folder / "bot.log").open("ab")
        command = (sys.executable, "-m", "tests.pushing.program", str(self.pace))
        self._process = await asyncio.create_subprocess_exec(
            *command, env=self._environment(), stdout=self._log, stderr=self._log
        )


@dataclass(slots=True)
class Storm:
    sandbox: Sandbox
    sender: SenderProcess
    members: int
    random: random.Random
    report: Report = field(default_factory=Report)

    async def rage(self, kills: int, turns: int, minutes: float = 60.0) -> Report:
        """Accept all, kill so often, or for so long, let it finish, and count."""
        database = Database(self.sender.database_url)
        try:
            self.report.accepted = await accept(database, self.members, turns)
            last = time.monotonic() + 60 * minutes
            while self.report.kills < kills and time.monotonic() < last:
                await self._round(database)
            await self._finish(database)
            await self._check(database)
        finally:
            await self.sender.kill()
            await database.close()
        return self.report

    async def _round(self, database: Database) -> None:
        await self.sender.start()
        await self._random_moment()
        await self.sender.kill()
        self.report.kills += 1
        if self.report.kills % 50 == 0:
            print(f"{self.report.kills} kills, {await pending(database)} pending", flush=True)
        await time_goes_by(database)
        self.report.problems += await self._unsound(database)

    async def _random_moment(self) -> None:
        """After so many deliveries, in the midst of the next ones; or while it starts."""
        if self.random.random() < START_KILLS:
            await asyncio.sleep(self.random.uniform(0.1, 1.0))
            return
        with suppress(TimeoutError):
            async with asyncio.timeout(QUIET_SECONDS):
                for _ in range(self.random.randint(1, MOST_DELIVERIES)):
                    await self.sandbox.telegram.hub.changed.wait()
        await asyncio.sleep(self.random.uniform(0, 0.05))

    async def _finish(self, database: Database) -> None:
        """Until nothing is pending; pauses are cut short."""
        await self.sender.start()
        async with asyncio.timeout(NEVER_SECONDS):
            left = True
            while left:
                await asyncio.sleep(1.0)
                # The sender writes all the time: whoever only looks on may find no turn.
                with suppress(OperationalError):
                    await time_goes_by(database, leases=False)
                    left = bool(await pending(database))
        await self.sender.kill()

    async def _unsound(self, database: Database) -> list[str]:
        if not database.is_sqlite:
            return []
        async with database.unit() as connection:
            state = await connection.scalar(text("PRAGMA quick_check"))
        return [f"quick_check: {state}"] * (state != "ok")

    async def _check(self, database: Database) -> None:
        async with database.unit() as connection:
            columns = (notification.c.external_id, notification.c.state, notification.c.reference)
            rows = (await connection.execute(select(*columns))).all()
        delivered = Deliveries.of(self.sandbox)
        report = self.report
        report.calls = Counter(call.outcome for call in self.sandbox.ledger.of("sendMessage"))
        report.deliveries = sum(len(copies) for copies in delivered.copies.values())
        report.sent = sum(row.state == "sent" for row in rows)
        report.other = len(rows) - report.sent
        if len(rows) != report.accepted:
            report.problems.append(f"{report.accepted} accepted, {len(rows)} in the ledger")
        for row in rows:
            report.problems += delivered.problems_of(row)
        for copies in delivered.copies.values():
            spoilt = sum(copy.spoilt for copy in copies[:-1])
            report.in_doubt += spoilt
            report.of_kills += len(copies) - 1 - spoilt
        report.problems += delivered.out_of_order()


async def pending(database: Database) -> int:
    async with database.unit() as connection:
        left = select(func.count()).where(notification.c.state.in_(PENDING))
        return await connection.scalar(left) or 0


async def time_goes_by(database: Database, *, leases: bool = True) -> None:
    """As if an hour had passed: pauses are over, and what was in hand is free again."""
    past = datetime.now(UTC) - timedelta(seconds=1)
    async with database.unit() as connection:
        later = update(notification).where(
            notification.c.state == "retry", notification.c.not_before > past
        )
        await connection.execute(later.values(not_before=past))
        await connection.execute(text("UPDATE notification_counter SET pause_until = NULL"))
        if leases:
            held = update(notification).where(notification.c.lease_until.is_not(None))
            await connection.execute(held.values(lease_until=past))


def misbehave(sandbox: Sandbox) -> None:
    """10 % 429, 5 % 5xx, 3 % accepted and then silent, 2 % reset, 1 % truncated answers."""
    spoilt = (
        (faults.too_many_requests(0), 0.10),
        (faults.server_error(502), 0.05),
        (faults.accept_then_hang(), 0.03),
        (faults.accept_then_reset(), 0.01),
        (faults.reset(), 0.01),
        (faults.truncated(), 0.01),
    )
    for fault, share in spoilt:
        sandbox.faults.add(fault, method="sendMessage", probability=share)


@asynccontextmanager
async def open_storm(
    folder: Path, database_url: str, seed: int, members: int, pace: float = 1_000.0
) -> AsyncIterator[Storm]:
    """A misbehaving Telegram, a migrated database with members, the sender not yet started."""
    database = Database(database_url)
    async with Sandbox(limits=Limits.none(), seed=seed) as sandbox:
        misbehave(sandbox)
        await enrol(database, sandbox, members)
        await database.close()
        sender = SenderProcess(sandbox, database_url, folder, pace=pace)
        yield Storm(sandbox, sender, members, random.Random(seed))
