"""The virtual office as it runs: the desk and all the background work around it."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from dataclasses import dataclass, field
from typing import Any

import structlog
from telegram import Bot

from bot.bell import Bell, keep_at
from bot.broom import Broom
from bot.chores import Chore
from bot.courier import Courier
from bot.desk import Desk
from bot.metronome import Metronome
from bot.notifications.pushing import Pushing
from bot.reception import Reception
from bot.render import Renderer
from bot.repertoire import Repertoire
from bot.turnstile import Turnstile
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
    """One replica. `post` sends the e-mails that are due and says whether it sent any.

    `chores`: what time brings, looked after now and then; each says whether it did anything.
    """

    database: Database
    bot: Bot
    desk: Desk
    workshop: Workshop
    post: Callable[[], Awaitable[bool]]
    chores: Sequence[Chore] = ()
    pushing: Pushing | None = None
    _tasks: list[asyncio.Task[None]] = field(default_factory=list)

    @property
    def order(self) -> ChatOrder:
        """Serves updates, each chat's in order."""
        return ChatOrder(self.desk.serve)

    @property
    def reception(self) -> Reception:
        """Takes raw updates in, and turns away floods."""
        turnstile = Turnstile(self.desk.policies.updates_per_minute)
        return Reception(self.bot, self.order, turnstile, self.desk.slow_down)

    def start_background(self) -> None:
        """Deliveries, e-mails, deletions, expiries and chores, until `close`."""
        desk, bell = self.desk, self.desk.bell
        courier, warden = Courier(desk, self.workshop), Warden(desk)
        loops: list[Coroutine[Any, Any, None]] = [
            keep_at(courier.deliver_next, bell, SOON_SECONDS) for _ in range(COURIERS)
        ]
        # Without the bell: the work of a letter must not fall on the answer to the tap that asked
        # for it, which would take longer for a member's document than for nobody's.
        loops.append(keep_at(self.post, None, SOON_SECONDS))
        loops.append(keep_at(warden.look_round, None, ROUND_SECONDS))
        loops.append(keep_at(desk.broom.sweep, None, ROUND_SECONDS))
        loops += [keep_at(chore.work, None, chore.seconds) for chore in self.chores]
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
    workshop: Workshop,
    chores: Sequence[Chore] = (),
    pushing: Pushing | None = None,
    metronome: Metronome = Metronome(),  # noqa: B008 - frozen
) -> Office:
    """An office of these parts."""
    broom = Broom(database, bot, clock)
    show = (Renderer(bot), broom, Bell(), metronome)
    desk = Desk(database, repertoire, policies, clock, *show)
    return Office(database, bot, desk, workshop, post, chores, pushing)
