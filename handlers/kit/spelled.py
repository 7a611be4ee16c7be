"""Amounts in words and digits, read word by word: `2 millones trescientos mil`."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache

from handlers.kit.numerals import numeral
from handlers.kit.texts import plain

PESO, THOUSAND, MILLION = Decimal(1), Decimal(1000), Decimal(1_000_000)
HALF = Decimal("0.5")


@dataclass(frozen=True, slots=True)
class Term:
    """A number and its unit in pesos; `single_group` when its digits are like `5.500`."""

    value: Decimal
    unit: Decimal = PESO
    single_group: bool = False

    @property
    def pesos(self) -> Decimal:
        return self.value * self.unit


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The catalog's words: numbers below a thousand, units, and what may be left out."""

    numbers: Mapping[str, Decimal]
    units: Mapping[str, Decimal]
    half: frozenset[str]
    link: frozenset[str]
    silent: frozenset[str]


@cache
def vocabulary() -> Vocabulary:
    """The words of `amounts.toml`."""
    lines = (line.split() for line in plain("amounts.numbers").splitlines())
    units = {THOUSAND: plain("amounts.thousand"), MILLION: plain("amounts.million")}
    return Vocabulary(
        numbers={word: Decimal(worth) for worth, *words in lines for word in words},
        units={word: unit for unit, words in units.items() for word in words.split()},
        half=frozenset(plain("amounts.half").split()),
        link=frozenset(plain("amounts.and").split()),
        silent=frozenset(plain("amounts.silent").split()),
    )


class Unreadable(ValueError):
    """The words are no number."""


@dataclass(slots=True)
class Reader:
    """Reads tokens from left to right."""

    tokens: Sequence[str]
    at: int = 0

    def terms(self) -> list[Term]:
        """The terms of the amount in their order; Unreadable."""
        found: list[Term] = []
        while self.at < len(self.tokens):
            if self._next_in(vocabulary().link):
                self.at += 1
            elif self._next_in(vocabulary().half):
                self._half(found)
            else:
                found.append(self._term())
        return found

    def _half(self, found: list[Term]) -> None:
        """`medio millón`, or the half of `millón y medio`."""
        self.at += 1
        if self._next_in(vocabulary().units):
            found.append(Term(HALF, self._unit()))
        elif found:
            found[-1] = replace(found[-1], value=found[-1].value + HALF)
        else:
            raise Unreadable

    def _term(self) -> Term:
        token = self.tokens[self.at]
        if token in vocabulary().units:
            return Term(Decimal(1), self._unit())
        if token in vocabulary().numbers:
            value = self._words()
            return Term(value, self._unit())
        self.at += 1
        digits = numeral(token)
        if digits is None:
            raise Unreadable
        return Term(digits.value, self._unit(), digits.single_group)

    def _unit(self) -> Decimal:
        unit = PESO
        while self._next_in(vocabulary().units):
            unit *= vocabulary().units[self.tokens[self.at]]
            self.at += 1
        return unit

    def _words(self) -> Decimal:
        """A number below a thousand: hundreds, tens, units, each once and in that order."""
        total, room = Decimal(0), Decimal(1000)
        while self._next_in(vocabulary().numbers):
            worth = vocabulary().numbers[self.tokens[self.at]]
            if worth >= room:
                raise Unreadable
            total, room = total + worth, _room_after(worth)
            self.at += 1
            if room == 10 and self._next_in(vocabulary().link) and self._second_in_numbers():
                self.at += 1
        return total

    def _next_in(self, words: Mapping[str, Decimal] | frozenset[str]) -> bool:
        return self.at < len(self.tokens) and self.tokens[self.at] in words

    def _second_in_numbers(self) -> bool:
        after = self.tokens[self.at + 1 : self.at + 2]
        return bool(after) and after[0] in vocabulary().numbers


def _room_after(worth: Decimal) -> Decimal:
    """What may still follow: tens after hundreds, units after round tens, nothing after units."""
    if worth >= 100:
        return Decimal(100)
    return Decimal(10) if worth >= 30 else Decimal(0)
