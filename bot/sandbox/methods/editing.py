"""Methods that change or delete what is in a chat."""

from __future__ import annotations

from dataclasses import replace

from bot.sandbox.chats import Chat, Stored
from bot.sandbox.errors import bad_request
from bot.sandbox.json_types import Json
from bot.sandbox.markup import read_inline_markup
from bot.sandbox.methods.content import CONTENT, caption_content, media_content, text_content
from bot.sandbox.params import Params
from bot.sandbox.telegram import Telegram

CAPTION = ("caption", "caption_entities", "show_caption_above_media")
UNCHANGED = (
    "message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)


def edit_message_text(tg: Telegram, p: Params) -> Json:
    """Replace a text."""
    chat, stored = _editable(tg, p)
    if "text" not in stored.message:
        raise bad_request("there is no text in the message to edit")
    return _replace(tg, chat, stored, p, text_content(tg, p))


def edit_message_caption(tg: Telegram, p: Params) -> Json:
    """Replace a caption."""
    chat, stored = _editable(tg, p)
    if "text" in stored.message:
        raise bad_request("there is no caption in the message to edit")
    kept = {name: stored.message[name] for name in _content(stored) if name not in CAPTION}
    return _replace(tg, chat, stored, p, kept | caption_content(tg, p))


def edit_message_media(tg: Telegram, p: Params) -> Json:
    """Replace a file."""
    chat, stored = _editable(tg, p)
    return _replace(tg, chat, stored, p, media_content(tg, p))


def edit_message_reply_markup(tg: Telegram, p: Params) -> Json:
    """Replace an inline keyboard."""
    chat, stored = _editable(tg, p)
    return _replace(tg, chat, stored, p, _content(stored))


def delete_message(tg: Telegram, p: Params) -> bool:
    """Delete a message."""
    chat = tg.open_chat(p.text("chat_id"))
    stored = chat.messages.get(_message_id(p))
    if stored is None:
        raise bad_request("message to delete not found")
    refusal = _undeletable(tg, chat, stored)
    if refusal:
        raise bad_request(refusal)
    tg.remove(chat, stored.message_id)
    return True


def delete_messages(tg: Telegram, p: Params) -> bool:
    """Delete those of the messages that exist and may be deleted."""
    chat = tg.open_chat(p.text("chat_id"))
    numbers = p.numbers("message_ids")
    if not numbers:
        raise bad_request("message identifiers are not specified")
    if len(numbers) > 100:
        raise bad_request("too many message identifiers specified")
    for number in numbers:
        stored = chat.messages.get(number)
        if stored and not _undeletable(tg, chat, stored):
            tg.remove(chat, stored.message_id)
    return True


def _message_id(p: Params) -> int:
    number = p.number("message_id")
    if not number:
        raise bad_request("message identifier is not specified")
    return number


def _editable(tg: Telegram, p: Params) -> tuple[Chat, Stored]:
    if p.text("inline_message_id"):
        raise bad_request("inline message identifier is invalid")
    chat = tg.open_chat(p.text("chat_id"))
    stored = chat.messages.get(_message_id(p))
    if stored is None:
        raise bad_request("message to edit not found")
    if not (stored.by_bot and stored.editable):
        raise bad_request("message can't be edited")
    return chat, stored


def _content(stored: Stored) -> Json:
    return {name: stored.message[name] for name in CONTENT if name in stored.message}


def _replace(tg: Telegram, chat: Chat, stored: Stored, p: Params, content: Json) -> Json:
    old = stored.message
    markup = read_inline_markup(p.structure("reply_markup"), tg.limits)
    if content == _content(stored) and markup == old.get("reply_markup"):
        raise bad_request(UNCHANGED)
    if tg.limits.edits_count:
        tg.spend(chat)
    changing = {*CONTENT, "reply_markup"}
    message = {name: each for name, each in old.items() if name not in changing}
    message |= {"edit_date": tg.now()} | content | ({"reply_markup": markup} if markup else {})
    tg.keep(chat, replace(stored, message=message))
    return message


def _undeletable(tg: Telegram, chat: Chat, stored: Stored) -> str:
    if not stored.by_bot and not chat.is_private:
        return "message can't be deleted"
    age = tg.clock.now() - float(stored.message["date"])
    return "message can't be deleted for everyone" if age >= tg.limits.delete_seconds else ""
