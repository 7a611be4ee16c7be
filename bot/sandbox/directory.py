"""Whose phones the chat page shows, and who is who."""

from __future__ import annotations

from collections.abc import Iterable

from bot.sandbox.events import Hub
from bot.sandbox.json_types import Json
from bot.sandbox.people import PhoneCard, Who


class Directory:
    """The two lists of the chat page, filled from outside."""

    def __init__(self, hub: Hub) -> None:
        self._hub = hub
        self._phones: dict[int, PhoneCard] = {}
        self._who: list[Who] = []

    def add(self, phones: Iterable[PhoneCard], who: Iterable[Who] = ()) -> None:
        """Show more; a phone shown already is replaced."""
        self._phones |= {card.user_id: card for card in phones}
        self._who += who
        self._hub.tell("phones", self.as_json())

    def as_json(self) -> Json:
        """As the page's contract says."""
        return {
            "phones": [card.as_json() for card in self._phones.values()],
            "who": [each.as_json() for each in self._who],
        }
