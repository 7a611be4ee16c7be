"""A member's phone, for tests: say, tap, look."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from bot.sandbox.actions import Actions
from bot.sandbox.chats import Chat, Rows, Stored, Toast
from bot.sandbox.json_types import Json
from bot.sandbox.params import Upload
from bot.sandbox.people import User
from bot.sandbox.settling import Settling
from bot.sandbox.telegram import Telegram
from bot.sandbox.updates import Entry


class NoSuchButtonError(AssertionError):
    """The button isn't on the screen."""


class NotShownError(AssertionError):
    """What a test waited for didn't appear."""


class Received(NamedTuple):
    """A document or photo that the bot sent."""

    name: str
    content: bytes
    caption: str
    mime_type: str
    message: Json


class Place(NamedTuple):
    """A button on the screen."""

    message: Json
    button: Json


@dataclass(frozen=True)
class Phone:
    """One person's Telegram; acts return the raw update, once the bot is done with it."""

    user: User
    telegram: Telegram
    actions: Actions
    settling: Settling

    @property
    def id(self) -> int:
        """The user's and the private chat's number."""
        return self.user.id

    @property
    def chat(self) -> Chat:
        """The private chat with the bot."""
        return self.telegram.chats[self.id]

    @property
    def messages(self) -> list[Json]:
        """Everything visible, oldest first, each with `out`."""
        return [stored.as_page() for stored in self.chat.messages.values()]

    @property
    def message(self) -> Json:
        """The bot's newest visible message; empty when there is none."""
        newest = self.chat.newest(by_bot=True)
        return newest.message if newest else {}

    @property
    def screen(self) -> str:
        """The text of the bot's newest visible message."""
        return str(self.message.get("text", self.message.get("caption", "")))

    @property
    def buttons(self) -> list[list[str]]:
        """Labels of the newest inline keyboard, else of the reply keyboard."""
        keyboards = (_inline(stored.message) for stored in self._with_keyboard())
        return _labels(next(keyboards, self.chat.reply_rows or []))

    @property
    def reply_buttons(self) -> list[list[str]]:
        """Labels of the reply keyboard."""
        return _labels(self.chat.reply_rows or [])

    @property
    def toasts(self) -> list[Toast]:
        """Answers to taps, oldest first."""
        return self.chat.toasts

    @property
    def documents(self) -> list[Received]:
        """Visible documents from the bot."""
        return list(self._received("document"))

    @property
    def photos(self) -> list[Received]:
        """Visible photos from the bot."""
        return list(self._received("photo"))

    async def say(
        self,
        text: str,
        *,
        chat: int | None = None,
        reply_to: int | None = None,
        settle: bool = True,
    ) -> Json:
        """Write, in the private chat or in a group."""
        entry = self.actions.say(self.id, text, chat_id=chat, reply_to=reply_to)
        return await self._settled(entry, settle)

    async def tap(self, label: str, *, settle: bool = True) -> Json:
        """Press the newest button so labelled, inline or of the reply keyboard."""
        place = self._find(label)
        if place:
            return await self._press(place.message, place.button, settle)
        if any(label in row for row in self.reply_buttons):
            return await self._press_reply(label, settle)
        raise NoSuchButtonError(f"no button {label!r}; visible: {self._all_labels()}")

    async def tap_at(self, row: int, col: int, *, settle: bool = True) -> Json:
        """Press by place in the newest inline keyboard."""
        stored = next(self._with_keyboard(), None)
        rows = _inline(stored.message) if stored else []
        if stored is None or row >= len(rows) or col >= len(rows[row]):
            raise NoSuchButtonError(f"no button at {row}, {col}; visible: {self._all_labels()}")
        return await self._press(stored.message, rows[row][col], settle)

    async def old_tap(self, message: Json, label: str, *, settle: bool = True) -> Json:
        """Press a button of a message kept from before."""
        for button in (button for row in _inline(message) for button in row):
            if button["text"] == label:
                return await self._press(message, button, settle)
        raise NoSuchButtonError(f"no button {label!r} in {_labels(_inline(message))}")

    async def send_data(self, data: str, message: Json | None = None) -> Json:
        """Send forged callback data from a message, by default the newest."""
        entry = self.actions.send_query(self.id, message or self.message, data)
        return await self._settled(entry, settle=True)

    async def share_contact(self, contact: Json | None = None, *, settle: bool = True) -> Json:
        """Send one's own number, or somebody's card."""
        return await self._settled(self.actions.share_contact(self.id, contact), settle)

    async def upload(
        self,
        name: str,
        content: bytes,
        *,
        mime_type: str = "",
        caption: str = "",
        as_photo: bool = False,
        settle: bool = True,
    ) -> Json:
        """Send a document or a photo."""
        file = Upload(name, content, mime_type)
        entry = self.actions.upload(self.id, file, caption=caption, as_photo=as_photo)
        return await self._settled(entry, settle)

    async def block(self, blocked: bool = True) -> Json:
        """Block the bot, or let it in again."""
        return await self._settled(self.actions.block(self.id, blocked), settle=True)

    async def until(self, predicate: Callable[[Phone], bool], within: float = 10.0) -> None:
        """Wait for something to appear."""
        try:
            async with asyncio.timeout(within):
                while not predicate(self):
                    await self.telegram.hub.changed.wait()
        except TimeoutError:
            shown = f"screen: {self.screen!r}; buttons: {self.buttons}"
            raise NotShownError(f"not shown within {within} s; {shown}") from None

    async def _settled(self, entry: Entry, settle: bool) -> Json:
        if settle:
            await self.settling.wait(entry)
        return entry.update

    async def _press(self, message: Json, button: Json, settle: bool) -> Json:
        return await self._settled(self.actions.press(self.id, message, button), settle)

    async def _press_reply(self, label: str, settle: bool) -> Json:
        buttons = [button for row in self.chat.reply_rows or [] for button in row]
        pressed = next(button for button in buttons if button["text"] == label)
        if pressed.get("request_contact"):
            return await self.share_contact(settle=settle)
        return await self.say(label, settle=settle)

    def _with_keyboard(self) -> Iterator[Stored]:
        newest_first = reversed(self.chat.messages.values())
        return (stored for stored in newest_first if stored.by_bot and _inline(stored.message))

    def _find(self, label: str) -> Place | None:
        for stored in self._with_keyboard():
            for button in (button for row in _inline(stored.message) for button in row):
                if button["text"] == label:
                    return Place(stored.message, button)
        return None

    def _all_labels(self) -> list[list[list[str]]]:
        inline = [_labels(_inline(stored.message)) for stored in self._with_keyboard()]
        return [*inline, *([self.reply_buttons] if self.reply_buttons else [])]

    def _received(self, kind: str) -> Iterator[Received]:
        for stored in self.chat.messages.values():
            media = stored.message.get(kind)
            if stored.by_bot and media:
                described = media[-1] if isinstance(media, list) else media
                file = self.telegram.files.by_id(described["file_id"])
                caption = str(stored.message.get("caption", ""))
                if file:
                    yield Received(file.name, file.content, caption, file.mime_type, stored.message)


def _inline(message: Json) -> Rows:
    rows: Rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    return rows


def _labels(rows: Rows) -> list[list[str]]:
    return [[str(button["text"]) for button in row] for row in rows]
