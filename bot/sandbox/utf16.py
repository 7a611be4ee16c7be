"""Lengths as Telegram counts them: in UTF-16 units."""

from __future__ import annotations


def units(text: str) -> int:
    """UTF-16 units of a text; for lengths, the stricter reading of "characters"."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
