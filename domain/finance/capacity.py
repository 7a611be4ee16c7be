"""What a salary leaves room for when credits are deducted from it (libranza)."""

from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal

from domain.finance.periods import MONTHS, PER_YEAR, Period
from domain.finance.precision import exactly
from domain.finance.rounding import PESO
from domain.money import Percent


@dataclass(frozen=True, slots=True)
class Payroll:
    """How much of a salary may be deducted: the percent that the law takes first (health and
    pension), and the percent of the rest that deductions may take (Ley 1527 of 2012 art. 3
    num. 5: the worker keeps at least half)."""

    legal_deductions: Percent
    deductible: Percent


@dataclass(frozen=True, slots=True)
class Income:
    """A month of a worker or pensioner, in pesos: `deductions` are those already on the pay slip
    besides the legal ones."""

    salary: Decimal
    other: Decimal = Decimal(0)
    deductions: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class Capacity:
    """A month's room for deductions and what a credit would take of it, in whole pesos."""

    room: Decimal
    needed: Decimal

    @property
    def suffices(self) -> bool:
        return self.needed <= self.room


@exactly
def room_for_deductions(income: Income, rules: Payroll) -> Decimal:
    """(salary + other income - legal deductions of the salary) × deductible - current deductions,
    in whole pesos a month; 0 when nothing is left."""
    legal = income.salary * rules.legal_deductions / 100
    share = (income.salary + income.other - legal) * rules.deductible / 100
    return max((share - income.deductions) // PESO, Decimal(0))


@exactly
def capacity(income: Income, rules: Payroll, payment: Decimal, period: Period) -> Capacity:
    """A payment each period held against the month's room; the month's part is rounded up."""
    monthly = payment * PER_YEAR[period] / MONTHS
    needed = monthly.to_integral_value(ROUND_CEILING)
    return Capacity(room_for_deductions(income, rules), needed)


@exactly
def payment_within(room: Decimal, period: Period) -> Decimal:
    """The largest payment each period that a month's room allows, in whole pesos."""
    return room * MONTHS / PER_YEAR[period] // PESO
