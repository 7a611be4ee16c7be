"""Dates with the month in words: `5 de marzo de 1962` as `5/3/1962`."""

from functools import cache

from babel.dates import get_month_names

from domain.profile.reading import bare
from handlers.kit.format import LOCALE


@cache
def _months() -> dict[str, int]:
    """Whole names and their first three letters."""
    names = get_month_names("wide", locale=LOCALE)
    wide = {bare(name): number for number, name in names.items()}
    return wide | {name[:3]: number for name, number in wide.items()}


def with_numbers(typed: str) -> str:
    """The date with its month as a number; what is no such date stays as it is."""
    words = [word for word in bare(typed).split() if not _is_link(word)]
    if len(words) != 3 or words[1] not in _months():
        return typed
    return f"{words[0]}/{_months()[words[1]]}/{words[2]}"


def _is_link(word: str) -> bool:
    return word.isalpha() and len(word) <= 3 and word not in _months()
