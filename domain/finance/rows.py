"""The rows of a schedule: what each instalment pays, and what is owed after it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from domain.finance.loans import InsuranceBase, Loan, System
from domain.finance.periods import MONTHS, PER_YEAR, due_date
from domain.finance.precision import exactly
from domain.finance.rates import periodic_fraction

NOTHING = Decimal(0)
Part = Callable[[Decimal, Decimal], Decimal]
"""The principal of an instalment, in pesos, given its interest and its insurance."""


@dataclass(frozen=True, slots=True)
class Instalment:
    """A row of a schedule, in pesos: `payment` is principal + interest + insurance, `balance`
    what is owed after it."""

    number: int
    due_on: date
    principal: Decimal
    interest: Decimal
    insurance: Decimal
    payment: Decimal
    balance: Decimal


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of a credit's life: the balance before it, in pesos, its first instalment and the
    one that pays off what is left."""

    balance: Decimal
    first: int
    last: int


@exactly
def pay_down(loan: Loan, stretch: Stretch, part: Part) -> tuple[Instalment, ...]:
    """The rows of a stretch of a credit; dates count from the disbursement."""
    return tuple(_rows(loan, stretch, part))


def until_paid(rows: tuple[Instalment, ...]) -> tuple[Instalment, ...]:
    """The rows up to the one that leaves no balance."""
    last = next(at for at, row in enumerate(rows) if not row.balance)
    return rows[: last + 1]


@exactly
def level_instalment(loan: Loan) -> Decimal:
    """The equal instalment of a credit, in pesos, as its rounding books it.

    C = P·i / (1 - (1+i)^-n); without interest P/n.
    """
    fraction = periodic_fraction(loan.rate, loan.period)
    if not fraction:
        return loan.rounding.money(loan.principal / loan.term)
    return loan.rounding.money(loan.principal * fraction / (1 - (1 + fraction) ** -loan.term))


@exactly
def principal_part(loan: Loan, stretch: Stretch) -> Part:
    """How the credit's system pays a balance back over that stretch."""
    term = stretch.last - stretch.first + 1
    if loan.system is System.LEVEL:
        level = level_instalment(replace(loan, principal=stretch.balance, term=term))
        return lambda interest, _: level - interest
    if loan.system is System.BULLET:
        return lambda *_: NOTHING
    each = loan.rounding.money(stretch.balance / term)
    return lambda *_: each


def _rows(loan: Loan, stretch: Stretch, part: Part) -> Iterator[Instalment]:
    fraction, balance = periodic_fraction(loan.rate, loan.period), stretch.balance
    for number in range(stretch.first, stretch.last + 1):
        interest, insurance = loan.rounding.money(balance * fraction), _insurance(loan, balance)
        # A half-up instalment of a tiny credit may pay it off before its last row.
        due = balance if number == stretch.last else min(part(interest, insurance), balance)
        balance -= due
        due_on = due_date(loan.disbursed_on, loan.period, number)
        paid = due + interest + insurance
        yield Instalment(number, due_on, due, interest, insurance, paid, balance)


def _insurance(loan: Loan, balance: Decimal) -> Decimal:
    if loan.insurance.base is InsuranceBase.NONE:
        return NOTHING
    base = balance if loan.insurance.base is InsuranceBase.BALANCE else loan.principal
    monthly = base * loan.insurance.per_mille / 1000
    return loan.rounding.money(monthly * MONTHS / PER_YEAR[loan.period])
