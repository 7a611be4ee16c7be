"""What a credit is made of, before anything is computed."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from domain.finance.periods import PER_YEAR, Period
from domain.finance.rates import Rate
from domain.finance.rounding import Rounding

LARGEST = Decimal(10) ** 15
LONGEST = 1200
HIGHEST = 1000


def bookable(amount: Decimal, rounding: Rounding) -> bool:
    """Whether that mode can book the amount as it is: positive, and in whole pesos where the mode
    is; at most 10^15 pesos."""
    return 0 < amount <= LARGEST and rounding.money(amount) == amount


class System(StrEnum):
    """How a credit is paid back (amortisation)."""

    LEVEL = "level"
    CONSTANT_PRINCIPAL = "constant_principal"
    BULLET = "bullet"


class InsuranceBase(StrEnum):
    """What a debtor's life insurance is charged on."""

    NONE = "none"
    BALANCE = "balance"
    INITIAL = "initial"


@dataclass(frozen=True, slots=True)
class Insurance:
    """Debtor's life insurance: per mille of its base for each month, never part of the rate."""

    base: InsuranceBase = InsuranceBase.NONE
    per_mille: Decimal = Decimal(0)


class UnusableTerms(ValueError):
    """No credit or CDAT can be computed from these terms; `field` names the one at fault."""

    def __init__(self, field: str) -> None:
        super().__init__(field)
        self.field = field


@dataclass(frozen=True, slots=True)
class Loan:
    """The terms of a credit: principal in pesos, `term` in instalments.

    UnusableTerms when the principal is not positive or has centavos that the rounding cannot book,
    the rate is negative, the term has no instalment, or one of them is beyond any real credit.
    """

    principal: Decimal
    rate: Rate
    term: int
    disbursed_on: date
    period: Period = Period.MONTHLY
    system: System = System.LEVEL
    rounding: Rounding = Rounding.NONE
    insurance: Insurance = field(default_factory=Insurance)

    def __post_init__(self) -> None:
        possible = {
            "principal": bookable(self.principal, self.rounding),
            "rate": 0 <= self.rate.percent <= HIGHEST,
            "term": 1 <= self.term <= LONGEST,
            "period": self.period in PER_YEAR,
            "insurance": 0 <= self.insurance.per_mille <= HIGHEST,
        }
        for name, fits in possible.items():
            if not fits:
                raise UnusableTerms(name)
