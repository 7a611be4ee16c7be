"""What a person with a phone can do: each act becomes an update for the bot."""

from __future__ import annotations

import itertools

from bot.sandbox.chats import Chat, Stored
from bot.sandbox.files import image_size
from bot.sandbox.json_types import Json, without_nothing
from bot.sandbox.params import Upload
from bot.sandbox.people import User
from bot.sandbox.telegram import Query, Telegram
from bot.sandbox.text import recognised
from bot.sandbox.updates import Entry
from bot.sandbox.utf16 import units


class ActionError(Exception):
    """A person can't do that; `status` is what the chat page answers."""

    def __init__(self, sentence: str, status: int = 400) -> None:
        super().__init__(sentence)
        self.status = status


class Actions:
    """The acts of all people."""

    def __init__(self, telegram: Telegram) -> None:
        self._tg = telegram
        self._query_ids = itertools.count(5_000_000_000_000_001)

    def say(
        self, user_id: int, text: str, *, chat_id: int | None = None, reply_to: int | None = None
    ) -> Entry:
        """Write something."""
        said = recognised(text.strip(), [])
        if not 1 <= units(said.text) <= self._tg.limits.text:
            raise ActionError("a message has between 1 and 4096 characters")
        chat = self._chat(user_id, chat_id)
        self._put_away_keyboard(chat, said.text)
        content = without_nothing(text=said.text, entities=said.entities)
        return self._send(user_id, chat, content, reply_to)

    def tap(self, user_id: int, chat_id: int, message_id: int, row: int, col: int) -> Entry:
        """Press a button of a visible message."""
        stored = self._chat(user_id, chat_id).messages.get(message_id)
        if stored is None:
            raise ActionError("there is no such message", 404)
        keyboard = stored.message.get("reply_markup", {}).get("inline_keyboard", [])
        if not (0 <= row < len(keyboard) and 0 <= col < len(keyboard[row])):
            raise ActionError("there is no such button", 404)
        return self.press(user_id, stored.message, keyboard[row][col])

    def press(self, user_id: int, message: Json, button: Json) -> Entry:
        """Press a button, even of a message that has changed or gone since."""
        if "callback_data" not in button:
            raise ActionError(f"the button {button['text']!r} has no callback data")
        return self.send_query(user_id, message, str(button["callback_data"]))

    def send_query(self, user_id: int, message: Json, data: str) -> Entry:
        """Send any callback data, as a hostile client can."""
        chat = self._chat(user_id, int(message["chat"]["id"]))
        message_id = int(message["message_id"])
        stored = chat.messages.get(message_id)
        gone = {"chat": chat.described, "message_id": message_id, "date": 0}
        query_id = str(next(self._query_ids))
        self._tg.queries[query_id] = Query(chat.id, message_id, self._tg.clock.now())
        query: Json = {
            "id": query_id,
            "from": self._user(user_id).as_user(),
            "message": stored.message if stored else gone,
            "chat_instance": str(chat.id * 7919),
            "data": data,
        }
        return self._tg.updates.add("callback_query", query, ("taps", user_id))

    def share_contact(self, user_id: int, contact: Json | None = None) -> Entry:
        """Send one's own number, or somebody's card."""
        chat, user = self._chat(user_id, None), self._user(user_id)
        own = without_nothing(
            phone_number=user.phone_number or f"57300{user.id % 10_000_000:07d}",
            first_name=user.first_name,
            last_name=user.last_name,
            user_id=user.id,
        )
        if chat.reply_once:
            self._tg.show_keyboard(chat, None)
        return self._send(user_id, chat, {"contact": contact or own})

    def upload(
        self, user_id: int, file: Upload, *, caption: str = "", as_photo: bool = False
    ) -> Entry:
        """Send a document or a photo."""
        chat = self._chat(user_id, None)
        if as_photo and image_size(file.content) is None:
            raise ActionError("that isn't a picture")
        folder = "photos" if as_photo else "documents"
        stored = self._tg.files.keep(file.name, file.content, file.mime_type, folder)
        media: Json = (
            {"photo": stored.as_photo()} if as_photo else {"document": stored.as_document()}
        )
        said = recognised(caption.strip(), [])
        words = without_nothing(caption=said.text, caption_entities=said.entities)
        return self._send(user_id, chat, media | words)

    def block(self, user_id: int, blocked: bool) -> Entry:
        """Block the bot, or let it in again."""
        chat, user = self._private(user_id), self._user(user_id)
        states = ("member", "kicked") if blocked else ("kicked", "member")
        chat.blocked = blocked
        self._tg.hub.tell("blocked", {"chat_id": chat.id, "blocked": blocked})
        change: Json = {
            "chat": chat.described,
            "from": user.as_user(),
            "date": self._tg.now(),
            "old_chat_member": self._bot_member(states[0]),
            "new_chat_member": self._bot_member(states[1]),
        }
        return self._tg.updates.add("my_chat_member", change, ("chat", chat.id))

    def _bot_member(self, status: str) -> Json:
        member: Json = {"user": self._tg.bot, "status": status}
        return member | ({"until_date": 0} if status == "kicked" else {})

    def _send(self, user_id: int, chat: Chat, content: Json, reply_to: int | None = None) -> Entry:
        chat.started = True
        message = self._tg.head(chat, self._user(user_id).as_user()) | content
        original = chat.messages.get(reply_to) if reply_to else None
        if original:
            message["reply_to_message"] = original.without_reply()
        self._tg.keep(chat, Stored(message, by_bot=False))
        lane = ("chat", chat.id)
        if self._hidden_from_bot(chat, message):
            return self._tg.updates.skip("message", message, lane)
        return self._tg.updates.add("message", message, lane)

    def _hidden_from_bot(self, chat: Chat, message: Json) -> bool:
        """In groups a bot with privacy mode sees only what is meant for it."""
        text = message.get("text", "")
        answered = message.get("reply_to_message", {}).get("from", {})
        meant = text.startswith("/") or f"@{self._tg.bot['username']}" in text
        return not (chat.is_private or meant or answered == self._tg.bot)

    def _put_away_keyboard(self, chat: Chat, text: str) -> None:
        labels = [button["text"] for row in chat.reply_rows or [] for button in row]
        if chat.reply_once and text in labels:
            self._tg.show_keyboard(chat, None)

    def _chat(self, user_id: int, chat_id: int | None) -> Chat:
        chat = self._private(user_id) if chat_id is None else self._tg.chats.get(chat_id)
        if chat is None or user_id not in chat.members:
            raise ActionError("there is no such chat", 404)
        if chat.blocked:
            raise ActionError("this phone has blocked the bot", 409)
        return chat

    def _private(self, user_id: int) -> Chat:
        chat = self._tg.chats.get(user_id)
        if chat is None:
            raise ActionError("there is no such phone", 404)
        return chat

    def _user(self, user_id: int) -> User:
        return self._tg.users[user_id]
