"""The local Telegram itself: people, chats, files and the rules between them."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field

from bot.sandbox.chats import Chat, Rows, Stored, Toast
from bot.sandbox.clock import Clock
from bot.sandbox.courier import Retry
from bot.sandbox.errors import bad_request, forbidden
from bot.sandbox.errors import too_many_requests as flood_error
from bot.sandbox.events import Hub
from bot.sandbox.files import Files
from bot.sandbox.json_types import Json
from bot.sandbox.limits import Limits, Throttle
from bot.sandbox.people import User
from bot.sandbox.receivers import Receivers
from bot.sandbox.updates import Updates

BOT_ID = 700_000


@dataclass
class Query:
    """A tap that waits for its answer."""

    chat_id: int
    message_id: int
    at: float


@dataclass
class Profile:
    """What the bot says about itself."""

    commands: dict[str, list[Json]] = field(default_factory=dict)
    descriptions: dict[str, str] = field(default_factory=dict)


class Telegram:
    """Everything the Bot API methods and the people's actions share."""

    def __init__(self, clock: Clock, limits: Limits, retry: Retry) -> None:
        self.clock = clock
        self.limits = limits
        self.hub = Hub()
        self.files = Files()
        self.updates = Updates(clock, limits)
        self.receivers = Receivers(self.updates, retry)
        self.profile = Profile()
        self.users: dict[int, User] = {}
        self.chats: dict[int, Chat] = {}
        self.queries: dict[str, Query] = {}
        self.bot: Json = {
            "id": BOT_ID,
            "is_bot": True,
            "first_name": "Oficina virtual",
            "username": "sandbox_coop_bot",
        }
        self._throttle = Throttle(limits)
        self._message_ids = itertools.count(1)

    def now(self) -> int:
        """Unix seconds, whole as in messages."""
        return int(self.clock.now())

    def add_user(self, user: User) -> User:
        """Someone with a phone; their private chat begins when they first write."""
        self.users[user.id] = user
        self.chats.setdefault(user.id, Chat(user.as_chat(), members={user.id}))
        return user

    def add_group(self, chat_id: int, title: str, members: set[int]) -> Chat:
        """A group that the bot is in."""
        described = {"id": chat_id, "type": "group", "title": title}
        chat = Chat(described, started=True, members=members)
        self.chats[chat_id] = chat
        return chat

    def open_chat(self, chat_id: str) -> Chat:
        """The chat that a call names, if the bot may act in it."""
        if not chat_id:
            raise bad_request("chat_id is empty")
        is_number = chat_id.removeprefix("-").isdecimal()
        chat = self.chats.get(int(chat_id)) if is_number else None
        if chat is None:
            raise bad_request("chat not found")
        if chat.blocked:
            raise forbidden("bot was blocked by the user")
        if not chat.started:
            raise forbidden("bot can't initiate conversation with a user")
        return chat

    def spend(self, chat: Chat) -> None:
        """Count a message against the limits, or refuse it."""
        wait = self._throttle.spend(chat.id, self.clock.now())
        if wait:
            raise flood_error(wait)

    def head(self, chat: Chat, sender: Json) -> Json:
        """The fields that every message begins with."""
        return {
            "message_id": next(self._message_ids),
            "from": sender,
            "chat": chat.described,
            "date": self.now(),
        }

    def keep(self, chat: Chat, stored: Stored) -> None:
        """Put a new or edited message into its chat."""
        chat.messages[stored.message_id] = stored
        self.hub.tell("message", stored.as_page())

    def remove(self, chat: Chat, message_id: int) -> None:
        """Take a message out of its chat."""
        del chat.messages[message_id]
        self.hub.tell("delete", {"chat_id": chat.id, "message_id": message_id})

    def show_keyboard(self, chat: Chat, rows: Rows | None, *, once: bool = False) -> None:
        """Show a reply keyboard, or take it away."""
        if rows is None and chat.reply_rows is None:
            return
        chat.reply_rows, chat.reply_once = rows, once
        self.hub.tell("keyboard", {"chat_id": chat.id, "rows": rows})

    def toast(self, chat_id: int, toast: Toast) -> None:
        """Show the answer to a tap."""
        self.chats[chat_id].toasts.append(toast)
        self.hub.tell("toast", {"chat_id": chat_id, **toast._asdict()})
