"""Limits of amounts and terms, as a line states them and as they are for one person and day."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum


class Measure(StrEnum):
    """What a limit is counted in: pesos, legal monthly minimum wages, or the member's own
    contributions."""

    PESOS = "pesos"
    MINIMUM_WAGES = "smmlv"
    CONTRIBUTIONS = "contributions"


@dataclass(frozen=True, slots=True)
class Limit:
    """So many pesos, minimum wages or times the contributions."""

    value: Decimal
    measure: Measure


@dataclass(frozen=True, slots=True)
class AmountRange:
    """What may be asked for, in whole pesos.

    `maximum` is None when no limit applies that is known; `binding` is the limit it comes from;
    `unknown` are limits that depend on contributions when whose they are is not known (a visitor).
    """

    minimum: Decimal
    maximum: Decimal | None
    binding: Limit | None
    unknown: tuple[Limit, ...] = ()

    def holds(self, amount: Decimal) -> bool:
        return self.minimum <= amount and (self.maximum is None or amount <= self.maximum)


@dataclass(frozen=True, slots=True)
class TermRange:
    """The shortest and longest term, in months of a credit or days of a CDAT; `usual` for buttons.

    `only_usual`: no other terms than those are offered.
    """

    shortest: int
    longest: int
    usual: tuple[int, ...] = ()
    only_usual: bool = False

    def holds(self, term: int) -> bool:
        within = self.shortest <= term <= self.longest
        return within and (term in self.usual or not self.only_usual)


@dataclass(frozen=True, slots=True)
class Validity:
    """From a day on, to another one (included) or until further notice."""

    since: date
    until: date | None = None

    def covers(self, day: date) -> bool:
        return self.since <= day and (self.until is None or day <= self.until)

    def meets(self, other: "Validity") -> bool:
        """Whether both are valid on some day."""
        return self.covers(other.since) or other.covers(self.since)


@dataclass(frozen=True, slots=True)
class Situation:
    """For whom and when: the day in Colombia, and the member's contributions in pesos (None for a
    visitor, or when they are not known)."""

    day: date
    contributions: Decimal | None = None
