"""What a column of a file is."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from storage.intake import dates, numbers
from storage.intake.dates import DateOrder
from storage.intake.numbers import Decimals

Value = str | int | None
Parser = Callable[[str], Value]


@dataclass(frozen=True, slots=True)
class Notation:
    """How one file writes its numbers and dates, and the day it speaks of."""

    decimals: Decimals
    dates: DateOrder
    cut_off: date


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its header in the file, its field in the staging table, how a cell is read.

    `needed`: the file must have it. `filled`: every row must have a value in it.
    `numeric`: its cells tell the file's decimal mark. `shown`: the report may quote a bad cell.
    """

    header: str
    field: str
    parser: Callable[[Notation], Parser]
    needed: bool = True
    filled: bool = True
    numeric: bool = False
    shown: bool = False


def plain(parse: Parser) -> Callable[[Notation], Parser]:
    """A parser that is the same in every notation."""
    return lambda _notation: parse


def day(notation: Notation) -> Parser:
    return dates.day(notation.dates)


def birth_day(notation: Notation) -> Parser:
    return dates.birth_day(notation.dates, notation.cut_off)


def ended_year(notation: Notation) -> Parser:
    return dates.ended_year(notation.cut_off)


def amount(notation: Notation) -> Parser:
    return numbers.amount(notation.decimals)


def positive_amount(notation: Notation) -> Parser:
    return numbers.positive_amount(notation.decimals)


def rate(notation: Notation) -> Parser:
    return numbers.rate(notation.decimals)
