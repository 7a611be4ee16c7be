"""A notification to a member's mailbox, when their chat is closed."""

from dataclasses import dataclass
from datetime import datetime

from bot.notifications.telegram import Answer
from domain.notifications.outcomes import Result
from handlers.notifications.wording import NotificationLetters, Told
from storage.post.delivery import Delivery, Outcome

_RESULTS = {
    Outcome.SENT: Result.DELIVERED,
    Outcome.NOT_SENT: Result.NOT_SENT,
    Outcome.REFUSED: Result.REFUSED,
    Outcome.UNKNOWN: Result.UNKNOWN,
}


@dataclass(frozen=True, slots=True)
class MailChannel:
    letters: NotificationLetters
    delivery: Delivery

    async def send(self, told: Told, first_names: str, to: str, at: datetime) -> Answer:
        """Send it; never raises for what the server or the network does."""
        letter = self.letters.write(told, first_names, at)
        return Answer(_RESULTS[await self.delivery.deliver(letter, to, at)])
