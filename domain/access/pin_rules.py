"""Which PINs are refused: the commonest tenth, and those made from the member's own data.

A blocklist helps from about a tenth of the space on (Markert et al., arXiv 2003.04868).
"""

from collections.abc import Iterator
from datetime import date, timedelta
from enum import StrEnum
from functools import cache
from itertools import product

from domain.members import Member

LENGTH = 4
# Shapes that fingers draw on a telephone keypad: columns, corners, crosses, zigzags.
_SHAPES = (
    "2580 0852 1470 0741 3690 0963 1379 1397 7931 9713 3179 7139 1739 9317 1357 7531 2468 8642 "
    "1590 0951 3570 0753 1593 3571 7415 9635 1475 3695 7412 9632 1478 3698 1236 3214 7896 9874 "
    "4569 6547 1254 2541 4587 5478 2563 5632 5896 8965 2486 4268 6842 8426 1793 3917 2846 8264"
)


class Weakness(StrEnum):
    """Why a PIN is refused."""

    COMMON = "common"
    BIRTH_DATE = "birth_date"
    DOCUMENT = "document"
    PHONE = "phone"
    SAME = "same"


@cache
def common_pins() -> frozenset[str]:
    """About a thousand PINs that people choose first."""
    rules = (_days(), _years(), _repeats(), _runs(), iter(_SHAPES.split()))
    return frozenset(pin for rule in rules for pin in rule)


def _days() -> Iterator[str]:
    """Every day of a leap year, day first and month first."""
    days = [date(2024, 1, 1) + timedelta(days=n) for n in range(366)]
    return (f"{day:{form}}" for day in days for form in ("%d%m", "%m%d"))


def _years() -> Iterator[str]:
    return (str(year) for year in range(1930, 2031))


def _repeats() -> Iterator[str]:
    """The shapes aaaa, aabb, abab and abba."""
    pairs = product("0123456789", repeat=2)
    return (pin for a, b in pairs for pin in (a + a + b + b, a + b + a + b, a + b + b + a))


def _runs() -> Iterator[str]:
    """Consecutive digits up and down, around the end of the row as well."""
    rows = ("0123456789012", "9876543210987")
    return (row[i : i + LENGTH] for row in rows for i in range(10))


def weakness(pin: str, member: Member) -> Weakness | None:
    """Why this member may not have this PIN of four digits; None when they may."""
    if pin in common_pins():
        return Weakness.COMMON
    if pin in _from_birth_date(member.birth_date):
        return Weakness.BIRTH_DATE
    if pin in member.document.number:
        return Weakness.DOCUMENT
    if pin in "".join(filter(str.isdigit, member.mobile or "")):
        return Weakness.PHONE
    return None


def _from_birth_date(born: date) -> set[str]:
    parts = [f"{born:{form}}" for form in ("%d", "%m", "%y", "%C")]
    pairs = {a + b for a, b in product(parts, repeat=2)}
    written = [f"{born:{form}}" for form in ("%Y%m%d", "%d%m%Y", "%m%d%Y")]
    return pairs | {text[i : i + LENGTH] for text in written for i in range(5)}
