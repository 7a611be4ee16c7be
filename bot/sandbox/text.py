"""Formatted text: from what a call says to what a message holds."""

from __future__ import annotations

import re
from typing import NamedTuple

from bot.sandbox.errors import bad_request
from bot.sandbox.html_entities import parse_html
from bot.sandbox.json_types import Json
from bot.sandbox.utf16 import units

FOUND_IN_TEXT = {
    "bot_command": re.compile(r"(?<![\w/<>])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?(?![\w/])"),
    "url": re.compile(r"(?i)\bhttps?://[^\s<>]+[^\s<>.,;:!?)\]\"']"),
    "email": re.compile(r"(?<![\w@.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)*\.[A-Za-z]{2,}\b"),
    "mention": re.compile(r"(?<![\w@.])@[A-Za-z0-9_]{4,32}\b(?!@)"),
    "hashtag": re.compile(r"(?<![\w#])#(?=\w*[^\W\d])\w+"),
}
OPAQUE = ("code", "pre", "text_link")


class Formatted(NamedTuple):
    """A text and what is special in it."""

    text: str
    entities: list[Json]


def formatted(source: str, parse_mode: str, entities: list[Json]) -> Formatted:
    """Parse, trim and recognise, as Telegram does with a bot's text."""
    mode = parse_mode.lower()
    if mode not in ("", "html"):
        raise bad_request("unsupported parse_mode")
    text, marked = parse_html(source) if mode else (source, _checked(entities, source))
    return recognised(*_trimmed(text, marked))


def recognised(text: str, entities: list[Json]) -> Formatted:
    """Add the commands, addresses and the like that anyone's text has."""
    taken = [each for each in entities if each["type"] in OPAQUE]
    found: list[Json] = []
    for kind, pattern in FOUND_IN_TEXT.items():
        for match in pattern.finditer(text):
            entity = _entity(kind, text, match)
            if not any(_overlap(entity, other) for other in (*taken, *found)):
                found.append(entity)
    both = [*entities, *found]
    return Formatted(text, sorted(both, key=lambda each: (each["offset"], -each["length"])))


def _entity(kind: str, text: str, match: re.Match[str]) -> Json:
    offset = units(text[: match.start()])
    return {"type": kind, "offset": offset, "length": units(match.group())}


def _overlap(one: Json, other: Json) -> bool:
    return bool(
        one["offset"] < other["offset"] + other["length"]
        and other["offset"] < one["offset"] + one["length"]
    )


def _checked(entities: list[Json], text: str) -> list[Json]:
    length = units(text)
    for each in entities:
        if not (isinstance(each.get("offset"), int) and isinstance(each.get("length"), int)):
            raise bad_request("can't parse MessageEntity: offset and length must be of type Number")
        if each["offset"] + each["length"] > length:
            where = each["offset"]
            raise bad_request(f"entity beginning at UTF-16 offset {where} ends after the end")
    return [{name: each[name] for name in each if each[name] is not None} for each in entities]


def _trimmed(text: str, entities: list[Json]) -> tuple[str, list[Json]]:
    kept = text.strip()
    cut = units(text[: len(text) - len(text.lstrip())])
    end = units(kept)
    moved = [_clipped(each, cut, end) for each in entities]
    return kept, [each for each in moved if each["length"] > 0]


def _clipped(entity: Json, cut: int, end: int) -> Json:
    start = max(0, entity["offset"] - cut)
    stop = min(end, entity["offset"] + entity["length"] - cut)
    return entity | {"offset": start, "length": stop - start}
