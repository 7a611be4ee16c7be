"""What an operator types after an option, made exact."""

import re
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import TypeVar

_Choice = TypeVar("_Choice", bound=Enum)
_GROUPED = re.compile(r"\d{1,3}(?:\.\d{3}){2,}|\d{1,3}(?:,\d{3}){2,}")
_AMOUNT = re.compile(r"\d{1,16}(?:[.,]\d{1,2})?")
_RATE = re.compile(r"\d{1,5}(?:[.,]\d{1,30})?")
_COUNT = re.compile(r"\d{1,6}")
EARLIEST, LATEST = date(1900, 1, 1), date(2200, 12, 31)


class WrongOption(ValueError):
    """An option's value cannot be read; `problem` says why, `allowed` what could stand there."""

    def __init__(self, option: str, given: str, problem: str, allowed: str = "") -> None:
        super().__init__(option)
        self.option, self.given, self.problem, self.allowed = option, given, problem, allowed


def amount(option: str, given: str | None) -> Decimal:
    """Pesos, with a point or comma before at most two decimals; `5.000.000` has no decimals."""
    text = _given(option, given)
    if _GROUPED.fullmatch(text):
        return Decimal(re.sub("[.,]", "", text))
    return _decimal(option, text, _AMOUNT, "amount")


def rate(option: str, given: str | None) -> Decimal:
    """A percent or per mille, with a decimal point or comma."""
    return _decimal(option, _given(option, given).rstrip("% "), _RATE, "rate")


def count(option: str, given: str | None) -> int:
    """A whole number without separators."""
    text = _given(option, given)
    if not _COUNT.fullmatch(text):
        raise WrongOption(option, text, "count")
    return int(text)


def day(option: str, given: str | None, otherwise: date) -> date:
    """A date as `2026-11-25`."""
    if given is None:
        return otherwise
    try:
        found = date.fromisoformat(given.strip())
    except ValueError as error:
        raise WrongOption(option, given, "day") from error
    if not EARLIEST <= found <= LATEST:
        raise WrongOption(option, given, "day")
    return found


def choice(option: str, given: str | None, choices: Iterable[_Choice]) -> _Choice:
    """One of the choices by its value; capitals and hyphens do not matter."""
    text = _given(option, given)
    known = {str(item.value): item for item in choices}
    wanted = text.lower().replace("-", "_")
    if wanted not in known:
        raise WrongOption(option, text, "choice", ", ".join(known))
    return known[wanted]


def _given(option: str, given: str | None) -> str:
    if given is None or not given.strip():
        raise WrongOption(option, "", "missing")
    return given.strip()


def _decimal(option: str, text: str, pattern: re.Pattern[str], problem: str) -> Decimal:
    # Digits of other scripts are digits to Python, but no operator types them.
    if not (text.isascii() and pattern.fullmatch(text)):
        raise WrongOption(option, text, problem)
    return Decimal(text.replace(",", "."))
