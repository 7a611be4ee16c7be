"""Keyboards: checked as Telegram checks them."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from bot.sandbox.errors import bad_request
from bot.sandbox.json_types import Json, without_nothing
from bot.sandbox.limits import Limits

ACTIONS = frozenset(
    (
        "url",
        "callback_data",
        "web_app",
        "login_url",
        "switch_inline_query",
        "switch_inline_query_current_chat",
        "switch_inline_query_chosen_chat",
        "copy_text",
        "callback_game",
        "pay",
    )
)
REQUESTS = ("request_contact", "request_location")


class Markup(NamedTuple):
    """A message's keyboard: inline, or what happens to the chat's reply keyboard."""

    inline: Json | None = None
    reply_rows: list[list[Json]] | None = None
    removes_reply: bool = False
    forces_reply: bool = False
    one_time: bool = False

    @property
    def editable(self) -> bool:
        """Whether its message can be edited later."""
        return self.reply_rows is None and not self.forces_reply


def read_markup(given: Any, limits: Limits) -> Markup:
    """A `reply_markup` parameter."""
    if given is None:
        return Markup()
    if not isinstance(given, dict):
        raise bad_request("object expected as reply markup")
    if "inline_keyboard" in given:
        return Markup(inline=_inline(given["inline_keyboard"], limits))
    if "keyboard" in given:
        rows = [[_reply_button(each) for each in row] for row in _rows(given["keyboard"])]
        return Markup(reply_rows=rows, one_time=bool(given.get("one_time_keyboard")))
    return Markup(
        removes_reply=bool(given.get("remove_keyboard")),
        forces_reply=bool(given.get("force_reply")),
    )


def read_inline_markup(given: Any, limits: Limits) -> Json | None:
    """A `reply_markup` where only an inline keyboard may stand: an edit."""
    if given is not None and (not isinstance(given, dict) or "inline_keyboard" not in given):
        raise bad_request("inline keyboard expected")
    return read_markup(given, limits).inline


def _rows(given: Any) -> list[list[Any]]:
    if not isinstance(given, list) or not all(isinstance(row, list) for row in given):
        raise bad_request('field "keyboard" of the ReplyMarkup must be an Array of Arrays')
    return [row for row in given if row]


def _inline(given: Any, limits: Limits) -> Json | None:
    rows = [[_inline_button(each, limits) for each in row] for row in _rows(given)]
    if sum(map(len, rows)) > limits.buttons:
        raise bad_request("REPLY_MARKUP_TOO_LONG")
    return {"inline_keyboard": rows} if rows else None


def _text_of(button: Any, kind: str) -> str:
    if not isinstance(button, dict):
        raise bad_request(f"can't parse {kind} button: Expected an Object")
    text = button.get("text")
    if not isinstance(text, str):
        raise bad_request(f"can't parse {kind} button: Can't find field \"text\"")
    if not text.strip():
        raise bad_request(f"{kind} button text must be non-empty")
    return text


def _inline_button(button: Any, limits: Limits) -> Json:
    text = _text_of(button, "inline keyboard")
    given = {n: value for n, value in button.items() if n in ACTIONS and value is not None}
    if len(given) != 1:
        raise bad_request(
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"
        )
    _check_data(given.get("callback_data"), limits)
    _check_url(given.get("url"))
    look = without_nothing(style=button.get("style"))
    return {"text": text, **look, **given}


def _check_data(data: Any, limits: Limits) -> None:
    if data is None:
        return
    size = len(data.encode("utf-8", "surrogatepass")) if isinstance(data, str) else 0
    if not 1 <= size <= limits.callback_data_bytes:
        raise bad_request("BUTTON_DATA_INVALID")


def _check_url(url: Any) -> None:
    if url is not None and not re.match(r"(?:https?|tg)://\S+$", str(url)):
        raise bad_request(f"inline keyboard button URL '{url}' is invalid: Wrong HTTP URL")


def _reply_button(button: Any) -> Json:
    given = {"text": button} if isinstance(button, str) else button
    text = _text_of(given, "keyboard")
    return {"text": text} | {name: True for name in REQUESTS if given.get(name)}
