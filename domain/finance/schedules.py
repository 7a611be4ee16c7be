"""The amortisation schedule of a credit, row by row."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from domain.finance.loans import Insurance, InsuranceBase, Loan, System
from domain.finance.periods import PER_YEAR, due_date
from domain.finance.precision import exactly
from domain.finance.rates import effective_annual, periodic_fraction
from domain.finance.yields import effective_annual_of_payments
from domain.money import Percent

Part = Callable[[Decimal], Decimal]
"""The principal of an instalment, in pesos, given its interest."""


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
class Schedule:
    """A credit worked out. `instalment` and `last_instalment` are principal + interest of the
    first and the last row, without insurance; `effective_annual` counts the insurance too."""

    loan: Loan
    periodic_rate: Percent
    rate_effective_annual: Percent
    effective_annual: Percent
    instalment: Decimal
    last_instalment: Decimal
    total_interest: Decimal
    total_insurance: Decimal
    total_paid: Decimal
    rows: tuple[Instalment, ...]

    @property
    def first_payment(self) -> Decimal:
        """The first instalment with its insurance, in pesos."""
        return self.rows[0].payment

    @property
    def last_payment(self) -> Decimal:
        """The last instalment with its insurance, in pesos."""
        return self.rows[-1].payment


@exactly
def amortise(loan: Loan) -> Schedule:
    """The schedule of a credit: principal parts add up to the loan, the final balance is 0.

    Level: C = P·i / (1 - (1+i)^-n). The last instalment is the remaining balance and its interest.
    """
    fraction = periodic_fraction(loan.rate, loan.period)
    return summed(loan, tuple(_rows(loan, fraction, _part(loan))))


@exactly
def level_instalment(loan: Loan) -> Decimal:
    """The equal instalment of a credit, in pesos, as its rounding books it."""
    fraction = periodic_fraction(loan.rate, loan.period)
    if not fraction:
        return loan.rounding.money(loan.principal / loan.term)
    return loan.rounding.money(loan.principal * fraction / (1 - (1 + fraction) ** -loan.term))


def insurance_of(loan: Loan, balance: Decimal) -> Decimal:
    """The insurance of one instalment, in pesos: per mille a month of the balance before it, or
    of the initial amount."""
    insurance: Insurance = loan.insurance
    if insurance.base is InsuranceBase.NONE:
        return Decimal(0)
    base = balance if insurance.base is InsuranceBase.BALANCE else loan.principal
    return loan.rounding.money(base * insurance.per_mille * 12 / PER_YEAR[loan.period] / 1000)


def summed(loan: Loan, rows: tuple[Instalment, ...]) -> Schedule:
    """The schedule that these rows make up."""
    insurance = sum((row.insurance for row in rows), Decimal(0))
    own = effective_annual(loan.rate)
    first, last = rows[0], rows[-1]
    return Schedule(
        loan=loan,
        periodic_rate=Percent(periodic_fraction(loan.rate, loan.period) * 100),
        rate_effective_annual=own,
        effective_annual=_with_insurance(loan, rows) if insurance else own,
        instalment=first.principal + first.interest,
        last_instalment=last.principal + last.interest,
        total_interest=sum((row.interest for row in rows), Decimal(0)),
        total_insurance=insurance,
        total_paid=sum((row.payment for row in rows), Decimal(0)),
        rows=rows,
    )


def _with_insurance(loan: Loan, rows: tuple[Instalment, ...]) -> Percent:
    payments = [row.payment for row in rows]
    return effective_annual_of_payments(loan.principal, payments, loan.period)


def _part(loan: Loan) -> Part:
    if loan.system is System.LEVEL:
        instalment = level_instalment(loan)
        return lambda interest: instalment - interest
    whole = loan.principal if loan.system is System.CONSTANT_PRINCIPAL else Decimal(0)
    each = loan.rounding.money(whole / loan.term)
    return lambda _: each


def _rows(loan: Loan, fraction: Decimal, part: Part) -> Iterator[Instalment]:
    balance = loan.principal
    for number in range(1, loan.term + 1):
        interest = loan.rounding.money(balance * fraction)
        # A half-up instalment of a tiny credit may pay it off before its last row.
        principal = balance if number == loan.term else min(part(interest), balance)
        insurance = insurance_of(loan, balance)
        balance -= principal
        yield Instalment(
            number,
            due_date(loan.disbursed_on, loan.period, number),
            principal,
            interest,
            insurance,
            principal + interest + insurance,
            balance,
        )
