"""Texts of the cooperative: a small subset of HTML, checked and written anew."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from html import escape, unescape
from html.parser import HTMLParser
from urllib.parse import urlsplit

TAGS = frozenset({"b", "i", "u", "s", "code", "pre", "blockquote", "a"})
MESSAGE_LIMIT = 4096
CAPTION_LIMIT = 1024
# Room for what is added below: the reference, and that it is sent again.
FOOTER = 160
# Joiners (U+200C, U+200D) stay: emoji are made of them.
_CONTROL = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff"
    r"\ud800-\udfff]"
)
_SYNONYMS: Mapping[str, str] = {
    "strong": "b",
    "em": "i",
    "ins": "u",
    "del": "s",
    "strike": "s",
}


class MarkupError(ValueError):
    """The text cannot be shown as it is; the message says why, `piece` is what is at fault."""

    def __init__(self, piece: str, why: str) -> None:
        super().__init__(f"{piece}: {why}" if piece else why)
        self.piece = piece


@dataclass(frozen=True, slots=True)
class Markup:
    """`html`: as Telegram takes it. `plain`: as it is read."""

    html: str
    plain: str

    @property
    def length(self) -> int:
        """Of what is read, as Telegram counts."""
        return telegram_length(self.plain)


def checked(html: str) -> Markup:
    """Markup that was read before, from its HTML."""
    return Markup(html, unescape(re.sub(r"<[^>]*>", "", html)))


def telegram_length(text: str) -> int:
    """Characters as Telegram counts them: UTF-16 units."""
    return len(text.encode("utf-16-le")) // 2


def cleaned(text: str) -> str:
    """The text without control characters and without marks that turn its direction."""
    return _CONTROL.sub("", text.replace("\r\n", "\n"))


def read_markup(text: str, link_hosts: Collection[str]) -> Markup:
    """The checked text; MarkupError for other tags, wrong nesting or links elsewhere.

    `link_hosts`: where links may lead, each with its subdomains, over https only.
    """
    reader = _Reader(link_hosts)
    reader.feed(cleaned(text).strip())
    return reader.read()


class _Reader(HTMLParser):
    def __init__(self, link_hosts: Collection[str]) -> None:
        super().__init__(convert_charrefs=False)
        self._hosts = link_hosts
        self._open: list[str] = []
        self._html: list[str] = []
        self._plain: list[str] = []

    def read(self) -> Markup:
        self.close()
        if self._open:
            raise MarkupError(f"<{self._open[-1]}>", "is never closed")
        plain = "".join(self._plain)
        if not plain.strip():
            raise MarkupError("", "the text is empty")
        return Markup("".join(self._html), plain)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        name = _SYNONYMS.get(tag, tag)
        if name not in TAGS:
            raise MarkupError(f"<{tag}>", f"is not allowed; use {', '.join(sorted(TAGS))}")
        if name in self._open:
            raise MarkupError(f"<{tag}>", "is opened inside itself")
        self._html.append(f"<a href={_quoted(self._link(attrs))}>" if name == "a" else f"<{name}>")
        if name != "a" and attrs:
            raise MarkupError(f"<{tag}>", "takes no attributes")
        self._open.append(name)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        raise MarkupError(f"<{tag}/>", "is not allowed; a new line is a line break in the text")

    def handle_endtag(self, tag: str) -> None:
        name = _SYNONYMS.get(tag, tag)
        if not self._open or self._open[-1] != name:
            raise MarkupError(f"</{tag}>", "closes nothing that is open here")
        self._html.append(f"</{self._open.pop()}>")

    def handle_data(self, data: str) -> None:
        self._plain.append(data)
        self._html.append(escape(data, quote=False))

    def handle_entityref(self, name: str) -> None:
        self._character(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self._character(f"&#{name};")

    def handle_comment(self, data: str) -> None:
        raise MarkupError("<!--", "comments are not allowed")

    def handle_decl(self, decl: str) -> None:
        raise MarkupError("<!", "declarations are not allowed")

    def unknown_decl(self, data: str) -> None:
        raise MarkupError("<!", "declarations are not allowed")

    def handle_pi(self, data: str) -> None:
        raise MarkupError("<?", "instructions are not allowed")

    def _character(self, written: str) -> None:
        meant = cleaned(unescape(written))
        if meant == written and len(meant) > 1:
            raise MarkupError(written, "is not a character")
        self.handle_data(meant)

    def _link(self, attrs: list[tuple[str, str | None]]) -> str:
        if [name for name, _ in attrs] != ["href"]:
            raise MarkupError("<a>", "takes href and nothing else")
        address = cleaned(attrs[0][1] or "").strip()
        if not is_allowed(address, self._hosts):
            raise MarkupError(address, "is not https, or not a host that the cooperative allows")
        return address


def is_allowed(address: str, hosts: Collection[str]) -> bool:
    """Whether the address is https at one of the hosts, without a name, password or port in it."""
    try:
        parts = urlsplit(address)
        host, port = (parts.hostname or "").lower(), parts.port
    except ValueError:
        return False
    if parts.scheme != "https" or port or "@" in parts.netloc or "\\" in address:
        return False
    return any(host == allowed or host.endswith(f".{allowed}") for allowed in hosts)


def _quoted(address: str) -> str:
    return f'"{escape(address)}"'
