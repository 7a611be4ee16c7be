"""Methods that put something into a chat."""

from __future__ import annotations

from bot.sandbox.chats import Chat, Stored
from bot.sandbox.errors import bad_request
from bot.sandbox.json_types import Json, without_nothing
from bot.sandbox.markup import Markup, read_markup
from bot.sandbox.methods.content import document_content, photo_content, text_content
from bot.sandbox.params import Params
from bot.sandbox.telegram import Telegram

RECORDED = ("video", "voice", "video_note")
CHAT_ACTIONS = frozenset(
    ["typing", "upload_photo", "upload_document", "choose_sticker", "find_location"]
    + [f"{doing}_{what}" for doing in ("record", "upload") for what in RECORDED]
)


def send_message(tg: Telegram, p: Params) -> Json:
    """Send a text."""
    chat = tg.open_chat(p.text("chat_id"))
    return _post(tg, chat, p, text_content(tg, p))


def send_document(tg: Telegram, p: Params) -> Json:
    """Send a file."""
    chat = tg.open_chat(p.text("chat_id"))
    content = document_content(tg, p, p.text("document"), p.upload("document"))
    return _post(tg, chat, p, content)


def send_photo(tg: Telegram, p: Params) -> Json:
    """Send a picture."""
    chat = tg.open_chat(p.text("chat_id"))
    return _post(tg, chat, p, photo_content(tg, p, p.text("photo"), p.upload("photo")))


def send_chat_action(tg: Telegram, p: Params) -> bool:
    """Show "typing..." and the like."""
    chat = tg.open_chat(p.text("chat_id"))
    action = p.text("action")
    if action not in CHAT_ACTIONS:
        raise bad_request("wrong parameter action in request")
    tg.hub.tell("action", {"chat_id": chat.id, "action": action})
    return True


def _post(tg: Telegram, chat: Chat, p: Params, content: Json) -> Json:
    markup = read_markup(p.structure("reply_markup"), tg.limits)
    extras = without_nothing(
        reply_to_message=_replied(chat, p),
        has_protected_content=p.flag("protect_content"),
        effect_id=p.text("message_effect_id"),
        reply_markup=markup.inline,
    )
    tg.spend(chat)
    message = tg.head(chat, tg.bot) | content | extras
    tg.keep(chat, Stored(message, by_bot=True, editable=markup.editable))
    _change_keyboard(tg, chat, markup)
    return message


def _replied(chat: Chat, p: Params) -> Json | None:
    reply = Params(p.fields("reply_parameters"))
    number = reply.number("message_id") or p.number("reply_to_message_id")
    if not number:
        return None
    original = chat.messages.get(number)
    if original is not None:
        return original.without_reply()
    if reply.flag("allow_sending_without_reply") or p.flag("allow_sending_without_reply"):
        return None
    raise bad_request("message to be replied not found")


def _change_keyboard(tg: Telegram, chat: Chat, markup: Markup) -> None:
    if markup.reply_rows is not None:
        tg.show_keyboard(chat, markup.reply_rows, once=markup.one_time)
    elif markup.removes_reply:
        tg.show_keyboard(chat, None)
