"""Text that can be drawn: names come from outside and may hold anything."""

import unicodedata
from collections.abc import Container

MISSING = "□"
ELLIPSIS = "…"


def tidy(text: str, longest: int) -> str:
    """One line of composed characters without controls or direction marks, shortened with `…`."""
    line = " ".join("".join(map(_visible, unicodedata.normalize("NFC", text))).split())
    return line if len(line) <= longest else line[: longest - 1].rstrip() + ELLIPSIS


def drawable(text: str, glyphs: Container[int]) -> str:
    """The text with every character that the font lacks replaced by an empty box."""
    return "".join(c if c == "\n" or ord(c) in glyphs else MISSING for c in text)


def _visible(character: str) -> str:
    match unicodedata.category(character):
        case "Cc" | "Zl" | "Zp":
            return " "
        case "Cf":
            return ""
        case "Cs" | "Co" | "Cn":
            return MISSING
    return character
