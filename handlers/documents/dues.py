"""What the member has to pay next."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from domain.money import Centavos, total
from domain.statement import Credit


@dataclass(frozen=True, slots=True)
class Dues:
    """The next instalment of every open credit: their sum in centavos and the first due date."""

    count: int
    amount: Centavos
    first: date


def next_dues(credits_: Iterable[Credit]) -> Dues | None:
    """The instalments due next, None when nothing is due."""
    due = [(c.next_due_on, c.instalment) for c in credits_ if c.next_due_on and not c.closed_on]
    if not due:
        return None
    return Dues(len(due), total(amount for _, amount in due), min(on for on, _ in due))
