"""The way out of each advertisement (Ley 2300 of 2023): one tap, nothing to prove."""

from dataclasses import dataclass
from typing import Protocol

from domain.conversation import Visit
from domain.notifications.categories import CONDUCT, Category, Choice
from domain.notifications.preferences import PreferenceStore


class Owners(Protocol):
    async def owner(self, notification_id: int, telegram_id: int) -> tuple[int, Category] | None:
        """The member of a notification and its category, if that account is theirs."""


@dataclass(frozen=True, slots=True)
class Muting:
    owners: Owners
    store: PreferenceStore

    async def mute(self, visit: Visit, notification_id: int) -> bool:
        """Refuse the notification's category; False when it is another's, or cannot be refused."""
        found = await self.owners.owner(notification_id, visit.telegram_id)
        if found is None or CONDUCT[found[1]].choice is Choice.ALWAYS:
            return False
        member_id, category = found
        chosen = await self.store.of(member_id)
        await self.store.keep(member_id, chosen.choosing(category, wanted=False), visit.now)
        return True
