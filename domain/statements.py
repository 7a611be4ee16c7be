"""What the statement of account asks of the store, and the stretches of time it offers."""

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Protocol

from domain.members import Document
from domain.statement import Movement, Statement

CLOSED_SHOWN = timedelta(days=365)
MOVEMENTS_A_PAGE = 8
MONTHS_OFFERED = 12


@dataclass(frozen=True, slots=True)
class Span:
    """The days from `since` to `until`, both included."""

    since: date
    until: date


ALWAYS = Span(date.min, date.max)


class PrintedPeriod(StrEnum):
    """The movements that a printed statement may carry."""

    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


def month_span(day: date) -> Span:
    """The whole month of that day."""
    return Span(day.replace(day=1), day.replace(day=monthrange(day.year, day.month)[1]))


def printed_span(period: PrintedPeriod, cut_off: date) -> Span:
    """The period up to the cut-off; a quarter is its month and the two before."""
    match period:
        case PrintedPeriod.MONTH:
            return Span(cut_off.replace(day=1), cut_off)
        case PrintedPeriod.QUARTER:
            months = cut_off.year * 12 + cut_off.month - 3
            return Span(date(months // 12, months % 12 + 1, 1), cut_off)
        case PrintedPeriod.YEAR:
            return Span(cut_off.replace(month=1, day=1), cut_off)


@dataclass(frozen=True, slots=True)
class Holder:
    """Whose statement it is, for its printed head."""

    number: str
    name: str
    document: Document


class Nature(StrEnum):
    """What a product is to its member."""

    CONTRIBUTION = "contribution"
    SAVINGS = "savings"
    CREDIT = "credit"


@dataclass(frozen=True, slots=True)
class MovementPage:
    """One page of a product's movements, newest first."""

    product_name: str
    product_number: str
    nature: Nature
    movements: tuple[Movement, ...]
    has_older: bool


class Statements(Protocol):
    """Every read is of the member's own products: another member's id finds nothing."""

    async def statement(self, member_id: int, closed_since: date) -> Statement:
        """All products, without those closed before that day; LookupError without a member."""

    async def page(
        self, member_id: int, product_id: int, span: Span, number: int
    ) -> MovementPage | None:
        """The product's movements of the span, pages counted from 0; None without the product."""

    async def months(self, member_id: int, product_id: int) -> tuple[date, ...]:
        """The first days of the newest months with movements, newest first."""

    async def movements(self, member_id: int, span: Span) -> Mapping[int, tuple[Movement, ...]]:
        """The movements of the span by product id, oldest first."""

    async def holder(self, member_id: int) -> Holder:
        """Whose statement it is; LookupError without a member."""
