"""Telegram's HTML parse mode: markup in, plain text and entities out."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import unescape

from bot.sandbox.errors import ApiError, bad_request
from bot.sandbox.json_types import Json
from bot.sandbox.utf16 import units

SIMPLE = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "code": "code",
    "tg-spoiler": "spoiler",
    "blockquote": "blockquote",
}
SUPPORTED = {*SIMPLE, "a", "pre", "span"}

VALUE = r"""(?:"[^"]*"|'[^']*'|[^\s>"']+)"""
TOKEN = re.compile(
    rf"<(?P<end>/?)(?P<tag>[^\s>]*)(?P<attributes>(?:\s+[^\s=>]+(?:\s*=\s*{VALUE})?)*)\s*>"
    r"|(?P<reference>&(?:lt|gt|amp|quot|#\d{1,7}|#x[0-9a-fA-F]{1,6});)"
)
ATTRIBUTE = re.compile(rf"([^\s=>]+)(?:\s*=\s*({VALUE}))?")
LANGUAGE = "language-"


@dataclass
class Open:
    """A tag waiting for its end."""

    tag: str
    attributes: dict[str, str]
    offset: int
    start: int


@dataclass
class Reader:
    """Walks through the markup once."""

    source: str
    text: str = ""
    length: int = 0
    entities: list[Json] = field(default_factory=list)
    open: list[Open] = field(default_factory=list)

    def read(self) -> None:
        """Parse it all."""
        position = 0
        while position < len(self.source):
            position = self._step(position)
        if self.open:
            tag = self.open[-1].tag
            raise _refusal(f'Can\'t find end tag corresponding to start tag "{tag}"')

    def _step(self, position: int) -> int:
        found = TOKEN.match(self.source, position)
        if found is None:
            return self._plain(position)
        if found["reference"]:
            self._append(unescape(found["reference"]))
        elif found["end"]:
            self._end(found["tag"].lower(), position)
        else:
            self._begin(found, position)
        return found.end()

    def _plain(self, position: int) -> int:
        if self.source[position] == "<":
            kind = "end" if self.source.startswith("</", position) else "start"
            raise _refusal(f"Unclosed {kind} tag at byte offset {self._bytes(position)}")
        after = re.compile(r"[^<&]*").match(self.source, position + 1)
        end = after.end() if after else position + 1
        self._append(self.source[position:end])
        return end

    def _append(self, text: str) -> None:
        self.text += text
        self.length += units(text)

    def _begin(self, found: re.Match[str], position: int) -> None:
        tag = found["tag"].lower()
        attributes = _attributes(found["attributes"])
        if tag not in SUPPORTED:
            where = self._bytes(position)
            raise _refusal(f'Unsupported start tag "{tag}" at byte offset {where}')
        if tag == "span" and attributes.get("class") != "tg-spoiler":
            where = self._bytes(position)
            raise _refusal(f'Tag "span" must have class "tg-spoiler" at byte offset {where}')
        self.open.append(Open(tag, attributes, self.length, len(self.text)))

    def _end(self, tag: str, position: int) -> None:
        where = self._bytes(position)
        if not self.open:
            raise _refusal(f"Unexpected end tag at byte offset {where}")
        opened = self.open.pop()
        if tag and tag != opened.tag:
            raise _refusal(
                f"Unmatched end tag at byte offset {where}, "
                f'expected "</{opened.tag}>", found "</{tag}>"'
            )
        self._close(opened)

    def _close(self, opened: Open) -> None:
        length = self.length - opened.offset
        what = _entity(opened, self.text[opened.start :])
        if length and what:
            self.entities.append(
                {"type": what.pop("type"), "offset": opened.offset, "length": length} | what
            )

    def _bytes(self, position: int) -> int:
        return len(self.source[:position].encode())


def parse_html(source: str) -> tuple[str, list[Json]]:
    """The plain text and its entities, or Telegram's refusal."""
    reader = Reader(source)
    reader.read()
    entities = _merge_code_blocks(reader.entities)
    return reader.text, sorted(entities, key=lambda each: (each["offset"], -each["length"]))


def _refusal(sentence: str) -> ApiError:
    return bad_request(f"can't parse entities: {sentence}")


def _attributes(source: str) -> dict[str, str]:
    return {name.lower(): unescape(value.strip("\"'")) for name, value in ATTRIBUTE.findall(source)}


def _entity(opened: Open, inside: str) -> Json | None:
    match opened.tag:
        case "a":
            return _link(opened.attributes.get("href") or inside)
        case "span":
            return {"type": "spoiler"}
        case "pre":
            return {"type": "pre"}
        case "blockquote" if "expandable" in opened.attributes:
            return {"type": "expandable_blockquote"}
        case "code" if opened.attributes.get("class", "").startswith(LANGUAGE):
            language = opened.attributes["class"].removeprefix(LANGUAGE)
            return {"type": "code", "language": language}
    return {"type": SIMPLE[opened.tag]}


def _link(address: str) -> Json | None:
    """A link; Telegram shows one without a usable address as plain text."""
    if re.fullmatch(r"(?:https?|tg|mailto|tel):\S+", address, re.I):
        return {"type": "text_link", "url": address}
    if re.fullmatch(r"[^\s/:]+\.[^\s/:]+(?:[/:]\S*)?", address):
        return {"type": "text_link", "url": f"http://{address}" + "/" * ("/" not in address)}
    return None


def _merge_code_blocks(entities: list[Json]) -> list[Json]:
    """`<pre><code class="language-x">` is one block, and code holds nothing else."""
    spans = {(each["offset"], each["length"]): each for each in entities if each["type"] == "pre"}
    for each in entities:
        block = spans.get((each["offset"], each["length"]))
        if each["type"] == "code" and block is not None and "language" in each:
            block["language"] = each["language"]
    fixed = [each for each in entities if each["type"] in ("pre", "code")]
    for each in fixed:
        if each["type"] == "code":
            each.pop("language", None)
    return [each for each in entities if not any(_inside(each, outer) for outer in fixed)]


def _inside(inner: Json, outer: Json) -> bool:
    if inner is outer or (inner["type"], outer["type"]) == ("pre", "code"):
        return False
    begins = range(outer["offset"], outer["offset"] + outer["length"] + 1)
    return inner["offset"] in begins and inner["offset"] + inner["length"] in begins
