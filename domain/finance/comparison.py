"""Two credits side by side."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from domain.finance.precision import exactly
from domain.finance.schedules import Schedule


@dataclass(frozen=True, slots=True)
class Difference:
    """The second credit less the first, in pesos and instalments; `ends_on` are both last days."""

    first_payment: Decimal
    count: int
    total_interest: Decimal
    total_paid: Decimal
    ends_on: tuple[date, date]


@exactly
def difference(first: Schedule, second: Schedule) -> Difference:
    """How the second credit differs from the first."""
    return Difference(
        first_payment=second.first_payment - first.first_payment,
        count=len(second.rows) - len(first.rows),
        total_interest=second.total_interest - first.total_interest,
        total_paid=second.total_paid - first.total_paid,
        ends_on=(first.rows[-1].due_on, second.rows[-1].due_on),
    )
