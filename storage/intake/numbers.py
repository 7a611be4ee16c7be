"""Amounts and rates as exact values; the file says which mark its decimals have."""

import re
from collections.abc import Callable
from enum import StrEnum

from storage.intake.findings import Reason, Unacceptable

_COMMA = re.compile(r"([1-9][0-9]{0,2}(?:\.[0-9]{3})+|[0-9]+)(?:,([0-9]+))?")
_POINT = re.compile(r"([0-9]+)(?:\.([0-9]+))?")
_LONGEST = 40
_DIGITS_OF_PESOS = 15
_DECIMALS_OF_RATE = 6
_LARGEST_RATE = 100


class Decimals(StrEnum):
    """`1.234.567,89`, `1234567.89`, or a file where nothing tells."""

    COMMA = "comma"
    POINT = "point"
    UNSETTLED = "unsettled"


def evidence(text: str) -> Decimals | None:
    """The only way in which this number can be read; None when it settles nothing."""
    if "," not in text and "." not in text:
        return None
    bare = _bare(text)[1]
    comma, point = _COMMA.fullmatch(bare), _POINT.fullmatch(bare)
    if (comma is None) == (point is None):
        return None
    return Decimals.COMMA if comma else Decimals.POINT


def agrees(text: str, decimals: Decimals) -> bool:
    """Whether the text is plainly a number in that notation (a quick look: no signs, no `$`)."""
    return _pattern(decimals).fullmatch(text) is not None


def amount(decimals: Decimals) -> Callable[[str], int]:
    """A parser of pesos to centavos, negative ones included."""

    def parse(text: str) -> int:
        negative, whole, fraction = _parts(text, decimals)
        if len(fraction) > 2:
            raise Unacceptable(Reason.NUMBER_DECIMALS, "2")
        if len(whole) > _DIGITS_OF_PESOS:
            raise Unacceptable(Reason.NUMBER_RANGE)
        centavos = int(whole + fraction.ljust(2, "0"))
        return -centavos if negative else centavos

    return parse


def positive_amount(decimals: Decimals) -> Callable[[str], int]:
    """A parser of pesos to centavos that refuses what is below zero."""
    parse_any = amount(decimals)

    def parse(text: str) -> int:
        centavos = parse_any(text)
        if centavos < 0:
            raise Unacceptable(Reason.NEGATIVE)
        return centavos

    return parse


def rate(decimals: Decimals) -> Callable[[str], str]:
    """A parser of a percentage from 0 to 100 to its shortest exact text (`7,50 %` is `7.5`)."""

    def parse(text: str) -> str:
        negative, whole, fraction = _parts(text.replace("%", ""), decimals)
        if negative:
            raise Unacceptable(Reason.NEGATIVE)
        fraction = fraction.rstrip("0")
        if len(fraction) > _DECIMALS_OF_RATE:
            raise Unacceptable(Reason.NUMBER_DECIMALS, str(_DECIMALS_OF_RATE))
        if len(whole) > _DIGITS_OF_PESOS:
            raise Unacceptable(Reason.NUMBER_RANGE)
        percent = int(whole) + bool(fraction)
        if percent > _LARGEST_RATE:
            raise Unacceptable(Reason.NUMBER_RANGE)
        return f"{int(whole)}.{fraction}" if fraction else str(int(whole))

    return parse


def count(text: str) -> int:
    """A whole number from 0 to 99,999, without marks."""
    if not (text.isascii() and text.isdecimal()):
        raise Unacceptable(Reason.NUMBER)
    if len(text) > 5:
        raise Unacceptable(Reason.NUMBER_RANGE)
    return int(text)


def _bare(text: str) -> tuple[bool, str]:
    if text[-1:].isdecimal() and text[:1].isdecimal() and " " not in text:
        return False, text
    bare = text.replace("$", "").replace("\N{MINUS SIGN}", "-")
    bare = "".join(bare.split())
    if bare.startswith("-"):
        return True, bare[1:]
    return (True, bare[:-1]) if bare.endswith("-") else (False, bare)


def _pattern(decimals: Decimals) -> re.Pattern[str]:
    return _POINT if decimals is Decimals.POINT else _COMMA


def _parts(text: str, decimals: Decimals) -> tuple[bool, str, str]:
    """Whether it is negative, its whole digits, its decimals."""
    if text.isdecimal() and text.isascii():
        return False, text, ""
    if len(text) > _LONGEST:
        raise Unacceptable(Reason.TOO_LONG, str(_LONGEST))
    negative, bare = _bare(text)
    found = _pattern(decimals).fullmatch(bare)
    if found is None:
        raise Unacceptable(Reason.NUMBER)
    whole, fraction = found.groups()
    if decimals is Decimals.UNSETTLED and not bare.isdecimal():
        raise Unacceptable(Reason.NUMBER_AMBIGUOUS)
    return negative, whole.replace(".", ""), fraction or ""
