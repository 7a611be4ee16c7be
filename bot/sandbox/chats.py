"""Chats and the messages in them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from bot.sandbox.json_types import Json

Rows = list[list[Json]]


@dataclass(frozen=True)
class Stored:
    """A message and what Telegram remembers about it; replaced, never changed."""

    message: Json
    by_bot: bool
    editable: bool = True

    @property
    def message_id(self) -> int:
        """Its number in the chat."""
        return int(self.message["message_id"])

    def without_reply(self) -> Json:
        """As it appears inside an answer to it."""
        return {name: each for name, each in self.message.items() if name != "reply_to_message"}

    def as_page(self) -> Json:
        """As the page's contract says."""
        return {**self.message, "out": not self.by_bot}


class Toast(NamedTuple):
    """What a tap was answered with; an alert needs an OK."""

    text: str
    alert: bool


@dataclass
class Chat:
    """A conversation with the bot in it."""

    described: Json
    started: bool = False
    blocked: bool = False
    members: set[int] = field(default_factory=set)
    messages: dict[int, Stored] = field(default_factory=dict)
    reply_rows: Rows | None = None
    reply_once: bool = False
    toasts: list[Toast] = field(default_factory=list)

    @property
    def id(self) -> int:
        """Telegram's number: a person's own, negative for groups."""
        return int(self.described["id"])

    @property
    def is_private(self) -> bool:
        """Whether it's one person's chat."""
        return str(self.described["type"]) == "private"

    def newest(self, *, by_bot: bool) -> Stored | None:
        """The last visible message of one side."""
        found = (each for each in reversed(self.messages.values()) if each.by_bot == by_bot)
        return next(found, None)
