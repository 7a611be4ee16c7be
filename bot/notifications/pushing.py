"""All that pushes: built once, run beside the desk, closed in order."""

from collections.abc import Coroutine
from dataclasses import dataclass
from typing import Any

from bot.bell import Bell, keep_at
from bot.notifications.carrier import Carrier
from bot.notifications.chores import Chores
from bot.notifications.limiter import Limiter
from bot.notifications.mail import MailChannel
from bot.notifications.sender import Sender
from bot.notifications.telegram import TelegramChannel
from bot.transport import AiohttpRequest
from domain.clock import Clock
from domain.notifications.hours import Hours
from domain.notifications.schedule import Timetable
from domain.notifications.settings import NotificationSettings
from handlers.notifications.occasions import message_of
from storage.database import Database
from storage.notifications.broadcasts import Broadcasting
from storage.notifications.content import Envelopes
from storage.notifications.leadership import Leadership
from storage.notifications.planning import Planner
from storage.secrets import Secrets

SOON_SECONDS = 1.0
ROUND_SECONDS = 3.0
QUARTER_SECONDS = 900.0
HOUR_SECONDS = 3600.0


@dataclass(frozen=True, slots=True)
class Pushing:
    """`transport` is the sender's own, so that no conversation waits for its connections."""

    sender: Sender
    broadcasting: Broadcasting
    chores: Chores
    planner: Planner
    settings: NotificationSettings
    secrets: Secrets
    transport: AiohttpRequest

    def loops(self, bell: Bell) -> list[Coroutine[Any, Any, None]]:
        """The background work, for ever."""
        return [
            self._send(bell),
            keep_at(self.broadcasting.run_once, bell, SOON_SECONDS),
            keep_at(self.chores.tidy, None, ROUND_SECONDS),
            keep_at(self.planner.run_once, None, QUARTER_SECONDS),
            keep_at(self.chores.clear_out, None, HOUR_SECONDS),
        ]

    async def close(self) -> None:
        """Finish what is in hand; the rest stays in the ledger."""
        await self.sender.close()
        await self.transport.shutdown()

    async def _send(self, bell: Bell) -> None:
        await self.transport.initialize()
        await keep_at(self.sender.run_once, bell, SOON_SECONDS)


def build_pushing(
    settings: NotificationSettings,
    database: Database,
    secrets: Secrets,
    clock: Clock,
    limiter: Limiter,
    channels: tuple[TelegramChannel, MailChannel],
    transport: AiohttpRequest,
) -> Pushing:
    """All that pushes, over an office's database; nothing runs yet."""
    envelopes = Envelopes(secrets.notifications)
    timetable = Timetable(Hours(settings.closed_days))
    carrier = Carrier(database, clock, envelopes, timetable, *channels, limiter)
    return Pushing(
        Sender(carrier, Leadership(database)),
        Broadcasting(database, clock, envelopes, timetable),
        Chores(database, clock),
        Planner(database, clock, envelopes, timetable, settings.occasions, message_of),
        settings,
        secrets,
        transport,
    )
