"""The virtual office as it runs: the desk and all the background work around it."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass, field
from typing import Any

import structlog
from telegram import Bot

from bot.bell import Bell, keep_at
from bot.broom import Broom
from bot.courier import Courier
from bot.desk import Desk
from bot.notifications.pushing import Pushing
from bot.render import Renderer
from bot.repertoire import Repertoire
from bot.updates import ChatOrder
from bot.warden import Warden
from bot.workshop import Workshop
from domain.clock import Clock
from domain.cooperative import Policies
from storage.database import Database

log = structlog.get_logger()
COURIERS = 4
SOON_SECONDS = 1.0
ROUND_SECONDS = 3.0


@dataclass(slots=True)
class Office:
    """One replica. `post` sends the e-mails that are due and says whether it sent any."""

    database: Database
    bot: Bot
    desk: Desk
    workshop: Workshop
    post: Callable[[], Awaitable[bool]]
    pushing: Pushing | None = None
    _tasks: list[asyncio.Task[None]] = field(default_factory=list)

    @property
    def order(self) -> ChatOrder:
        """Serves updates, each chat's in order."""
        return ChatOrder(self.desk.serve)

    def start_background(self) -> None:
        """Deliveries, e-mails, deletions and expiries, until `close`."""
        desk, bell = self.desk, self.desk.bell
        courier, warden = Courier(desk, self.workshop), Warden(desk)
        loops: list[Coroutine[Any, Any, None]] = [
            keep_at(courier.deliver_next, bell, SOON_SECONDS) for _ in range(COURIERS)
        ]
        loops.append(keep_at(self.post, bell, SOON_SECONDS))
        loops.append(keep_at(warden.look_round, None, ROUND_SECONDS))
        loops.append(keep_at(desk.broom.sweep, None, ROUND_SECONDS))
        loops += self.pushing.loops(bell) if self.pushing else []
        self._tasks = [asyncio.create_task(loop) for loop in loops]

    async def close(self) -> None:
        """Stop the background work and let go of everything; what is due stays in the database."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        if self.pushing:
            await self.pushing.close()
        self.workshop.close()
        await self.bot.shutdown()
        await self.database.close()


def furnish(
    database: Database,
    bot: Bot,
    repertoire: Repertoire,
    policies: Policies,
    clock: Clock,
    post: Callable[[], Awaitable[bool]],
    pushing: Pushing | None = None,
) -> Office:
    """An office of these parts."""
    broom = Broom(database, bot, clock)
    desk = Desk(database, repertoire, policies, clock, Renderer(bot), broom, Bell())
    return Office(database, bot, desk, Workshop(), post, pushing)
