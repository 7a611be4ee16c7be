"""Numbers written with digits, whatever marks thousands and decimals."""

import re
from dataclasses import dataclass
from decimal import Decimal

_MARK = r"[.,'\s]"
_GROUPED = re.compile(rf"\d{{1,3}}(?:{_MARK}\d{{3}})+")
_DECIMALS = re.compile(r"(.*)[.,](\d{1,2})")


@dataclass(frozen=True, slots=True)
class Numeral:
    """What the digits are worth; `single_group` when they are like `5.500`, which before a word
    such as "millones" may be five and a half as well."""

    value: Decimal
    single_group: bool = False


def numeral(text: str) -> Numeral | None:
    """Digits with groups of three after points, commas, apostrophes or spaces, and at most two
    decimals after a point or comma; None when they are no number."""
    if whole := _whole(text):
        return Numeral(whole, len(re.findall(_MARK, text)) == 1)
    found = _DECIMALS.fullmatch(text)
    whole = _whole(found[1]) if found else None
    if found is None or whole is None:
        return None
    return Numeral(whole + Decimal(f"0.{found[2]}"))


def _whole(text: str) -> Decimal | None:
    if text.isascii() and text.isdigit():
        return Decimal(text)
    return Decimal(re.sub(_MARK, "", text)) if _GROUPED.fullmatch(text) else None
