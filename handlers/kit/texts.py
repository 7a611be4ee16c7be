"""Every Spanish string, by key; parameters are escaped and formatted here and only here."""

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from html import escape
from pathlib import Path
from typing import Any

from domain.notifications.markup import Markup
from handlers.kit.format import SpanishFormatter
from handlers.kit.screen import Params, Phrase

CATALOG = Path(__file__).parent.parent / "texts" / "es_CO"
NOTHING: Params = {}
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u200e\u200f\u202a-\u202e\u2066-\u2069]")


@cache
def catalog() -> Mapping[str, str]:
    """All texts, keyed `flow.step.part`; one file per flow."""
    files = sorted(CATALOG.glob("*.toml"))
    return dict(row for f in files for row in _flatten(tomllib.loads(f.read_text("utf-8"))))


def _flatten(table: Mapping[str, Any], path: str = "") -> list[tuple[str, str]]:
    rows: list[tuple[str, str]] = []
    for name, value in table.items():
        key = f"{path}{name}"
        rows += [(key, value.strip())] if isinstance(value, str) else _flatten(value, f"{key}.")
    return rows


class _Escaping(SpanishFormatter):
    def format_field(self, value: Any, format_spec: str) -> str:
        if isinstance(value, Markup):
            return value.html
        if isinstance(value, Phrase):
            return html(value.key, value.params)
        if isinstance(value, tuple):
            return "\n".join(html(p.key, p.params) for p in value)
        return escape(_CONTROL.sub("", super().format_field(value, format_spec)), quote=False)


class _Plain(SpanishFormatter):
    def format_field(self, value: Any, format_spec: str) -> str:
        if isinstance(value, Markup):
            return value.plain
        if isinstance(value, Phrase):
            return plain(value.key, value.params)
        if isinstance(value, tuple):
            return "\n".join(plain(p.key, p.params) for p in value)
        return _CONTROL.sub("", super().format_field(value, format_spec))


def html(key: str, params: Params = NOTHING) -> str:
    """The text as Telegram HTML: markup from the catalog only, parameters escaped."""
    return _Escaping().vformat(catalog()[key], (), params)


def plain(key: str, params: Params = NOTHING) -> str:
    """The text without markup: button labels, toasts, file captions, e-mails, documents."""
    return _Plain().vformat(catalog()[key], (), params)


def filled(text: str, params: Params) -> str:
    """A text of the cooperative's own with its places filled, as `html` does with ours."""
    return _Escaping().vformat(text, (), params)


def plural(key: str, count: int) -> str:
    """The key's `.one` or `.other` form for that count."""
    return f"{key}.{'one' if count == 1 else 'other'}"
