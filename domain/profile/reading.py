"""What was typed, made a value or refused with a reason that says how to write it."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class Problem(StrEnum):
    """Why it cannot be taken; the sentence is `profile.problem.<value>`."""

    EMPTY = "empty"
    LONG = "long"
    SHORT = "short"
    NAME = "name"
    CHOICE = "choice"
    DAY = "day"
    DAY_AHEAD = "day_ahead"
    DAY_OLD = "day_old"
    AMOUNT = "amount"
    AMOUNT_HUGE = "amount_huge"
    MOBILE = "mobile"
    PHONE = "phone"
    EMAIL = "email"
    PLACE = "place"
    DOCUMENT = "document"
    NIT = "nit"
    NIT_DIGIT = "nit_digit"
    SHARE = "share"


class Unreadable(ValueError):
    """It is not a value of that kind."""

    def __init__(self, problem: Problem, **params: object) -> None:
        super().__init__(problem)
        self.problem = problem
        self.params = params


@dataclass(frozen=True, slots=True)
class Beside:
    """What a value is read beside: today in Colombia, and the other values of its form."""

    today: date
    values: Mapping[str, str] = field(default_factory=dict)


def tidy(typed: str) -> str:
    """Composed, on one line, without control, invisible or direction characters."""
    visible = ("" if _hidden(c) else " " if c.isspace() else c for c in typed)
    return " ".join(unicodedata.normalize("NFC", "".join(visible)).split())


def _hidden(character: str) -> bool:
    return not character.isspace() and unicodedata.category(character)[0] == "C"


def bare(text: str) -> str:
    """For comparing: lower case, without accents, only letters and digits."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    return " ".join(re.findall(r"[a-z0-9]+", "".join(c for c in letters if not _mark(c))))


def _mark(character: str) -> bool:
    return bool(unicodedata.combining(character))
