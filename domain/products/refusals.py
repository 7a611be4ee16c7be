"""Why no quote can be given; each carries what the member needs to go on."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from domain.finance.loans import System
from domain.finance.periods import Period
from domain.money import Percent
from domain.products.ranges import AmountRange, TermRange


class Refusal(ValueError):
    """No quote for this request; nothing that was typed is lost by it."""


class UnknownLine(Refusal):
    """The cooperative has no line of that id (any more)."""


@dataclass(eq=False)
class AmountOutOfRange(Refusal):
    """The amount, in pesos, is below or above the line's own limits for this person and day."""

    amount: Decimal
    allowed: AmountRange


@dataclass(eq=False)
class TermOutOfRange(Refusal):
    """The term (months of a credit, days of a CDAT) is outside the line's own limits."""

    term: int
    allowed: TermRange


@dataclass(eq=False)
class UnevenTerm(Refusal):
    """The term is no whole number of payment periods; `nearest` are those around it that are."""

    term: int
    period: Period
    nearest: Sequence[int]


@dataclass(eq=False)
class PeriodNotOffered(Refusal):
    """The line is not paid (or settled) in that period."""

    period: Period
    offered: Sequence[Period]


@dataclass(eq=False)
class SystemNotOffered(Refusal):
    """The line is not paid back in that way."""

    system: System
    offered: Sequence[System]


@dataclass(eq=False)
class NoRate(Refusal):
    """The line has no rate in force for that amount and term on that day."""

    term: int
    amount: Decimal
    day: date


@dataclass(eq=False)
class AboveUsuryCap(Refusal):
    """The line's rate is above the usury cap (C.Co. art. 884), both effective annual percent."""

    rate: Percent
    cap: Percent
    month: date


class TableName(StrEnum):
    UVT = "uvt"
    MINIMUM_WAGE = "smmlv"
    USURY = "usury"
    WITHHOLDING = "withholding"


@dataclass(eq=False)
class MissingFigure(Refusal):
    """A dated table has no value for that day; `day` begins the year or month that is missing."""

    table: TableName
    day: date
