"""Answers to taps, and files that people sent."""

from __future__ import annotations

from bot.sandbox.chats import Toast
from bot.sandbox.errors import bad_request
from bot.sandbox.json_types import Json
from bot.sandbox.params import Params
from bot.sandbox.telegram import Telegram
from bot.sandbox.utf16 import units

TOO_OLD = "query is too old and response timeout expired or query ID is invalid"


def answer_callback_query(tg: Telegram, p: Params) -> bool:
    """End a tap's waiting, perhaps with a toast."""
    text = p.text("text")
    if units(text) > tg.limits.callback_answer:
        raise bad_request("MESSAGE_TOO_LONG")
    if p.text("url"):
        raise bad_request("URL_INVALID")
    query = tg.queries.pop(p.text("callback_query_id"), None)
    if query is None or tg.clock.now() - query.at >= tg.limits.callback_seconds:
        raise bad_request(TOO_OLD)
    tg.hub.tell("answered", {"chat_id": query.chat_id, "message_id": query.message_id})
    if text:
        tg.toast(query.chat_id, Toast(text, p.flag("show_alert")))
    return True


def get_file(tg: Telegram, p: Params) -> Json:
    """Where to download a file."""
    stored = tg.files.by_id(p.text("file_id"))
    if stored is None:
        raise bad_request("invalid file_id")
    if stored.size > tg.limits.download_bytes:
        raise bad_request("file is too big")
    return stored.as_file()
