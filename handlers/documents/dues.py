"""What the member has to pay next."""

from dataclasses import dataclass
from datetime import date

from domain.money import Centavos, total
from domain.statement import Statement


@dataclass(frozen=True, slots=True)
class Dues:
    """The next instalment of every open credit: their sum in centavos and the first due date."""

    count: int
    amount: Centavos
    first: date


def next_dues(statement: Statement) -> Dues | None:
    """The instalments due next, None when nothing is due."""
    due = statement.dues
    if not due:
        return None
    return Dues(len(due), total(credit.instalment for _, credit in due), due[0][0])
