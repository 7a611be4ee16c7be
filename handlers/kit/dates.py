"""Dates as people type them."""

import re
import unicodedata
from datetime import date
from functools import cache

from handlers.kit.format import LOCALE

_WORDS = re.compile(r"[a-z]+|\d+")


def read_date(typed: str) -> date | None:
    """Day, month (its name or number) and year; `19580305` as well. None for anything else."""
    parts = [part for part in _WORDS.findall(_bare(typed)) if part not in ("de", "del")]
    if len(parts) == 1 and len(parts[0]) == 8:
        return _eight_digits(parts[0])
    if len(parts) != 3:
        return None
    day, month, year = parts
    month = _months().get(month, month)
    if len(day) == 4:
        day, year = year, day
    return _date(year, month, day) if len(year) == 4 else None


def _eight_digits(digits: str) -> date | None:
    """Year first, as on the keypad of entering, or day first."""
    year_first = _date(digits[:4], digits[4:6], digits[6:])
    if year_first is not None and year_first.year >= 1900:
        return year_first
    return _date(digits[4:], digits[2:4], digits[:2])


def _date(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


@cache
def _months() -> dict[str, str]:
    """Every month's name and its short form, without accents, and its number."""
    forms = LOCALE.months["format"]
    return {
        re.sub(r"\W", "", _bare(name)): str(number)
        for width in ("wide", "abbreviated")
        for number, name in forms[width].items()
    }


def _bare(text: str) -> str:
    folded = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in folded if not unicodedata.combining(c))
