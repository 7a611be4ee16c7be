"""An extra payment to principal, and the two things it may do (Ley 2032 of 2020)."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from domain.finance.loans import System, UnusableTerms, bookable
from domain.finance.precision import exactly
from domain.finance.rows import (
    NOTHING,
    Instalment,
    Stretch,
    pay_down,
    principal_part,
    until_paid,
)
from domain.finance.schedules import Schedule


@dataclass(frozen=True, slots=True)
class Remainder:
    """What is still to be paid after an instalment, in pesos; `rows` keep their numbers."""

    rows: tuple[Instalment, ...]
    instalment: Decimal
    payment: Decimal
    total_interest: Decimal
    total_insurance: Decimal
    ends_on: date

    @property
    def count(self) -> int:
        """How many instalments are left."""
        return len(self.rows)


@dataclass(frozen=True, slots=True)
class Prepayment:
    """An extra payment of `amount` pesos together with instalment `after`, leaving `balance`.

    `unchanged` is what would remain without it. `shorter` keeps the instalment and ends sooner
    (None for a bullet credit, whose instalments are interest only); `lower` keeps the term.
    The debtor chooses between them each time.
    """

    after: int
    amount: Decimal
    balance: Decimal
    unchanged: Remainder
    shorter: Remainder | None
    lower: Remainder


@exactly
def prepay(schedule: Schedule, after: int, amount: Decimal) -> Prepayment:
    """What an extra payment with instalment `after` (0: right after the disbursement) changes.

    UnusableTerms("after") when that is not before the last instalment; ("amount") when it is not
    positive, cannot be booked, or pays off everything that is owed then.
    """
    loan, rows = schedule.loan, schedule.rows
    if not 0 <= after < len(rows):
        raise UnusableTerms("after")
    balance = rows[after - 1].balance if after else loan.principal
    if not bookable(amount, loan.rounding) or amount >= balance:
        raise UnusableTerms("amount")
    left = Stretch(balance - amount, after + 1, len(rows))
    return Prepayment(
        after=after,
        amount=amount,
        balance=left.balance,
        unchanged=_remainder(rows[after:]),
        shorter=None if loan.system is System.BULLET else _shorter(schedule, left),
        lower=_remainder(pay_down(loan, left, principal_part(loan, left))),
    )


def _shorter(schedule: Schedule, left: Stretch) -> Remainder:
    loan = schedule.loan
    as_before = principal_part(loan, Stretch(loan.principal, 1, loan.term))
    return _remainder(until_paid(pay_down(loan, left, as_before)))


def _remainder(rows: tuple[Instalment, ...]) -> Remainder:
    first = rows[0]
    return Remainder(
        rows=rows,
        instalment=first.principal + first.interest,
        payment=first.payment,
        total_interest=sum((row.interest for row in rows), NOTHING),
        total_insurance=sum((row.insurance for row in rows), NOTHING),
        ends_on=rows[-1].due_on,
    )
