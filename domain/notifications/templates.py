"""Templates: texts of the cooperative file with typed places to fill in."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum

from domain.money import Centavos, Percent
from domain.notifications.buttons import Opener
from domain.notifications.categories import Category
from domain.notifications.flaws import Flaw, Flawed
from domain.notifications.markup import cleaned

LONGEST_TEXT = 200
MOST_PESOS = 10**12
PLACE = re.compile(r"\{([a-z][a-z0-9_]*)\}")

Value = str | int | Centavos | Percent | date


class Kind(StrEnum):
    """What may stand in a place."""

    TEXT = "text"
    NUMBER = "number"
    MONEY = "money"
    PERCENT = "percent"
    DATE = "date"


@dataclass(frozen=True, slots=True)
class Template:
    """`text` is checked markup whose places are those of `params`."""

    id: str
    category: Category
    text: str
    params: Mapping[str, Kind] = field(default_factory=dict)
    buttons: tuple[Opener, ...] = ()

    def values(self, given: Mapping[str, object]) -> Mapping[str, Value]:
        """The values of all places; Flawed names each that is missing, unknown or malformed."""
        flaws = [_flaw(name, "unknown", "the template has no such place") for name in given]
        flaws = [flaw for flaw, name in zip(flaws, given, strict=True) if name not in self.params]
        found: dict[str, Value] = {}
        for name, kind in self.params.items():
            if name not in given:
                flaws.append(_flaw(name, "missing", f"the template needs it ({kind})"))
                continue
            try:
                found[name] = _READERS[kind](given[name])
            except ValueError as error:
                flaws.append(_flaw(name, "malformed", str(error)))
        if flaws:
            raise Flawed(flaws)
        return found


def _flaw(name: str, code: str, detail: str) -> Flaw:
    return Flaw(f"params.{name}", code, detail)


def _text(given: object) -> str:
    if not isinstance(given, str):
        raise ValueError("must be a text")
    words = " ".join(cleaned(given).split())
    if not words or len(words) > LONGEST_TEXT:
        raise ValueError(f"must have 1 to {LONGEST_TEXT} characters, in one line")
    return words


def _number(given: object) -> int:
    return int(_decimal(given, "a whole number like 12", r"-?\d{1,15}"))


def _money(given: object) -> Centavos:
    pesos = _decimal(given, 'whole pesos, or a text like "1234567.89"', r"-?\d{1,13}(\.\d{1,2})?")
    if abs(pesos) > MOST_PESOS:
        raise ValueError("is more money than there is")
    return Centavos(pesos * 100)


def _percent(given: object) -> Percent:
    return Percent(_decimal(given, 'a text like "12.5"', r"-?\d{1,4}(\.\d{1,4})?"))


def _date(given: object) -> date:
    try:
        if isinstance(given, str) and re.fullmatch(r"\d{4}-\d{2}-\d{2}", given):
            return date.fromisoformat(given)
    except ValueError:
        pass
    raise ValueError("must be a date like 2026-11-05")


def _decimal(given: object, wanted: str, shape: str) -> Decimal:
    """Exact digits: a binary fraction (a JSON number with a point) is refused."""
    text = str(given) if isinstance(given, int) and not isinstance(given, bool) else given
    if not isinstance(text, str) or not re.fullmatch(shape, text, re.ASCII):
        raise ValueError(f"must be {wanted}")
    try:
        return Decimal(text)
    except InvalidOperation as error:
        raise ValueError(f"must be {wanted}") from error


_READERS: Mapping[Kind, Callable[[object], Value]] = {
    Kind.TEXT: _text,
    Kind.NUMBER: _number,
    Kind.MONEY: _money,
    Kind.PERCENT: _percent,
    Kind.DATE: _date,
}
