"""Replicas of the office over one database, fed in turn by the sandbox."""

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from telegram import Bot, Update

from bot.app import COMMANDS
from bot.metronome import Metronome
from bot.office import Office, furnish
from bot.repertoire import FlowBuilder, Repertoire
from bot.sandbox.sandbox import Sandbox
from bot.transport import AiohttpRequest
from bot.workshop import Workshop
from domain.clock import Clock
from domain.cooperative import Policies
from storage.database import Database
from tests.keys import CHAIN

AT_ONCE = Metronome(1e-6)


@dataclass(slots=True)
class HandClock:
    """A clock that a test moves."""

    instant: datetime = field(default_factory=lambda: datetime(2026, 11, 2, 14, 30, tzinfo=UTC))

    def now(self) -> datetime:
        return self.instant

    def forward(self, **duration: float) -> None:
        self.instant += timedelta(**duration)


async def no_post() -> bool:
    return False


def telegram_bot(sandbox: Sandbox, answer_seconds: float = 10.0) -> Bot:
    return Bot(
        sandbox.token,
        base_url=f"{sandbox.api_url}/bot",
        base_file_url=f"{sandbox.api_url}/file/bot",
        request=AiohttpRequest(answer_seconds),
        get_updates_request=AiohttpRequest(),
    )


@asynccontextmanager
async def open_office(
    sandbox: Sandbox,
    database_url: str,
    flows: Mapping[str, FlowBuilder] | Repertoire,
    clock: Clock,
    post: Callable[[], Awaitable[bool]] = no_post,
    answer_seconds: float = 10.0,
    metronome: Metronome = AT_ONCE,
) -> AsyncIterator[Office]:
    """One replica, its background work not started."""
    database, bot = Database(database_url, CHAIN), telegram_bot(sandbox, answer_seconds)
    await bot.initialize()
    repertoire = flows if isinstance(flows, Repertoire) else Repertoire(flows, commands=COMMANDS)
    parts = (database, bot, repertoire, Policies(), clock, post, Workshop())
    office = furnish(*parts, metronome=metronome)
    try:
        yield office
    finally:
        await office.close()


def sink(office: Office) -> Callable[[Any], Awaitable[None]]:
    """Where the sandbox pushes a replica's updates."""
    order = office.order

    async def receive(raw: Any) -> None:
        update = Update.de_json(raw, office.bot)
        await order.start(update)

    return receive
