"""Dates as `dd/mm/aaaa` or ISO; kept as ISO text until the database takes them."""

import re
from collections.abc import Callable
from datetime import date
from enum import StrEnum
from functools import lru_cache

from storage.intake.findings import Reason, Unacceptable

_DAY_FIRST = re.compile(r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})")
_ISO = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_YEARS = range(1900, 2101)
_REMEMBERED = 20_000
_OLDEST_AGE = 115


class DateOrder(StrEnum):
    """How a file writes its dates; the two cannot be confused, so a file may hold both."""

    DAY_FIRST = "day_first"
    ISO = "iso"
    EITHER = "either"


def day(order: DateOrder) -> Callable[[str], str]:
    """A parser of a date between 1900 and 2100 to ISO text; it remembers what it has seen."""

    @lru_cache(maxsize=_REMEMBERED)
    def parse(text: str) -> str:
        found = _day_month_year(text, order)
        if found is None or found[2] not in _YEARS:
            raise Unacceptable(Reason.DATE)
        try:
            return date(found[2], found[1], found[0]).isoformat()
        except ValueError:
            raise Unacceptable(Reason.DATE) from None

    return parse


def birth_day(order: DateOrder, cut_off: date) -> Callable[[str], str]:
    """A parser of the birth date, as ISO text, of somebody who may be alive on that day."""
    parse_any = day(order)

    def parse(text: str) -> str:
        born = parse_any(text)
        if born > cut_off.isoformat() or cut_off.year - int(born[:4]) > _OLDEST_AGE:
            raise Unacceptable(Reason.BIRTH_DATE)
        return born

    return parse


def year(text: str) -> int:
    """A calendar year between 1900 and 2100."""
    if not re.fullmatch("[0-9]{4}", text) or int(text) not in _YEARS:
        raise Unacceptable(Reason.DATE)
    return int(text)


def ended_year(cut_off: date) -> Callable[[str], int]:
    """A parser of a year that had ended on the cut-off date."""

    def parse(text: str) -> int:
        given = year(text)
        if given > last_ended_year(cut_off):
            raise Unacceptable(Reason.YEAR_NOT_ENDED)
        return given

    return parse


def last_ended_year(day: date) -> int:
    """The newest year of which that day is the last, or which lies behind it."""
    return day.year if (day.month, day.day) == (12, 31) else day.year - 1


def _day_month_year(text: str, order: DateOrder) -> tuple[int, int, int] | None:
    if order is not DateOrder.ISO and (found := _DAY_FIRST.fullmatch(text)):
        return int(found[1]), int(found[2]), int(found[3])
    if order is not DateOrder.DAY_FIRST and (found := _ISO.fullmatch(text)):
        return int(found[3]), int(found[2]), int(found[1])
    return None
