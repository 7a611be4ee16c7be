"""The standing buttons of notifications: they open a screen, or are the way out."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from domain.conversation import Visit
from domain.notifications.buttons import Opens
from domain.notifications.muting import Muting
from handlers.kit.callbacks import Standing
from handlers.kit.flow import Leave, Outcome
from handlers.kit.screen import Phrase
from handlers.notifications.wording import Mute, Open
from handlers.understand import FUNCTIONS

DESTINATIONS: Mapping[Opens, Outcome] = {opens: FUNCTIONS[opens.value] for opens in Opens}


class Openers(Protocol):
    async def opener(self, notification_id: int, place: int) -> Opens | None:
        """What the button at that place of a notification opens."""


@dataclass(frozen=True, slots=True)
class Presses:
    """Answers a press at that moment; who has not entered is asked to, and comes here then."""

    visit: Visit
    openers: Openers
    muting: Muting

    async def open(self, given: Standing) -> Leave | Phrase:
        """The screen that the button names."""
        opens = None
        if isinstance(given, Open):
            opens = await self.openers.opener(given.notification, given.place)
        outcome = DESTINATIONS[opens] if opens else None
        return outcome if isinstance(outcome, Leave) else Phrase("notification.gone")

    async def mute(self, given: Standing) -> Phrase:
        """No more of that category, at one tap and without entering."""
        muted = isinstance(given, Mute) and await self.muting.mute(self.visit, given.notification)
        return Phrase("notification.muted" if muted else "notification.not_yours")
