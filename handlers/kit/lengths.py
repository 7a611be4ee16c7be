"""A length of time as people type it: `18`, `18 meses`, `año y medio`, `dos años`, `90 días`."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from enum import StrEnum
from functools import cache

from handlers.kit.spelled import vocabulary
from handlers.kit.texts import plain

_LONGEST = 80
_MOST = 100_000
_TOKENS = re.compile(r"\d+|[a-z]+|\S")


class Unit(StrEnum):
    DAY = "day"
    MONTH = "month"
    YEAR = "year"


class UnclearLength(ValueError):
    """No length of time was typed, or none in whole numbers of what it is counted in."""


def parse_length(typed: str, worth: Mapping[Unit, int]) -> int:
    """How many of the first unit of `worth` were typed; numbers alone are of that unit.

    UnclearLength for anything else, for units that have no worth and for parts of a unit.
    """
    tokens = _tokens(typed)
    halves, at = 0, 0
    while at < len(tokens):
        taken, size = _term(tokens[at:], worth)
        halves, at = halves + size, at + taken
    length, rest = divmod(halves, 2)
    if rest or not 0 < length <= _MOST:
        raise UnclearLength
    return length


def _term(tokens: Sequence[str], worth: Mapping[Unit, int]) -> tuple[int, int]:
    """How many tokens a number and its unit take, and what they are worth, in halves."""
    if tokens[0] in vocabulary().half and tokens[1:] and tokens[1] in _units():
        return 2, _worth(_units()[tokens[1]], worth)
    numbers = _leading(tokens)
    rest = tokens[len(numbers) :]
    unit = _units().get(rest[0]) if rest else None
    if not (numbers or unit) or (rest and unit is None):
        raise UnclearLength
    taken = len(numbers) + (unit is not None)
    half = unit is not None and bool(vocabulary().half.intersection(tokens[taken : taken + 1]))
    each = _worth(unit, worth)
    return taken + half, each * (2 * _sum(numbers) + half)


def _worth(unit: Unit | None, worth: Mapping[Unit, int]) -> int:
    if unit is not None and unit not in worth:
        raise UnclearLength
    return worth[unit] if unit else next(iter(worth.values()))


def _leading(tokens: Sequence[str]) -> list[str]:
    found: list[str] = []
    for token in tokens:
        if not (token.isdigit() or token in vocabulary().numbers):
            break
        found.append(token)
    return found


def _sum(numbers: Sequence[str]) -> int:
    """`treinta seis` is 36, `18` is 18, nothing before a unit is 1; two numerals are unclear."""
    if not numbers:
        return 1
    if any(n.isdigit() for n in numbers):
        if len(numbers) > 1 or len(numbers[0]) > len(str(_MOST)):
            raise UnclearLength
        return int(numbers[0])
    return sum(int(vocabulary().numbers[n]) for n in numbers)


def _tokens(typed: str) -> list[str]:
    if len(typed) > _LONGEST:
        raise UnclearLength
    bare = unicodedata.normalize("NFKD", typed.casefold())
    letters = "".join(c for c in bare if c.isascii()).strip(" .,!?")
    skipped = {*plain("lengths.silent").split(), *vocabulary().link}
    tokens = [token for token in _TOKENS.findall(letters) if token not in skipped]
    if not tokens:
        raise UnclearLength
    return tokens


@cache
def _units() -> Mapping[str, Unit]:
    return {word: unit for unit in Unit for word in plain(f"lengths.{unit}").split()}
