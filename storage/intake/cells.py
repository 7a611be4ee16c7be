"""Text as typed by people, made comparable."""

import unicodedata
from collections.abc import Callable

from storage.intake.findings import Reason, Unacceptable


def clean(text: str) -> str:
    """Composed, without control or invisible characters, single-spaced, trimmed."""
    if text.isalnum() and text.isascii():
        return text
    if not text.isascii():
        text = unicodedata.normalize("NFC", text)
    if not text.isprintable():
        text = "".join(map(_visible, text))
    return " ".join(text.split()) if "  " in text else text.strip()


def _visible(character: str) -> str:
    if character.isspace():
        return " "
    return "" if unicodedata.category(character).startswith("C") else character


def keyword(text: str) -> str:
    """A header or a listed word: lower case, no accents, words joined by `_`."""
    bare = unicodedata.normalize("NFKD", text.casefold().replace(".", ""))
    letters = "".join(c if c.isalnum() else " " for c in bare if not unicodedata.combining(c))
    return "_".join(letters.split())


def text_up_to(longest: int) -> Callable[[str], str]:
    """A parser of free text of at most that many characters."""

    def parse(text: str) -> str:
        if len(text) > longest:
            raise Unacceptable(Reason.TOO_LONG, str(longest))
        return text

    return parse
