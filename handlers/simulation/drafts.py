"""What is known so far of a simulation, as it waits in the chat's row."""

from dataclasses import dataclass, fields
from decimal import Decimal
from typing import Any

from domain.finance.loans import System
from domain.finance.periods import Period
from handlers.kit.flow import Data

DRAFT = "draft"


@dataclass(frozen=True, slots=True)
class Draft:
    """None where it has still to be asked: amounts in pesos, `term` in months of a credit or days
    of a CDAT. `payment`: what can be paid each time, when it is the amount that is wanted."""

    line: str | None = None
    amount: Decimal | None = None
    payment: Decimal | None = None
    term: int | None = None
    period: Period | None = None
    system: System | None = None

    def packed(self) -> Data:
        """As JSON values, without what is not known."""
        known = ((f.name, getattr(self, f.name)) for f in fields(self))
        return {name: _packed(value) for name, value in known if value is not None}

    def knows(self, question: str) -> bool:
        """Whether that question has been answered; a payment stands for the amount."""
        if question == "amount" and self.payment is not None:
            return True
        return getattr(self, question) is not None


def draft_of(data: Data, key: str = DRAFT) -> Draft:
    """The draft that was kept under that key."""
    kept: Data = data.get(key, {})
    return Draft(**{name: _READ[name](value) for name, value in kept.items()})


def with_draft(data: Data, draft: Draft) -> Data:
    """The data with that draft in it."""
    return data | {DRAFT: draft.packed()}


_READ: dict[str, Any] = {
    "line": str,
    "amount": Decimal,
    "payment": Decimal,
    "term": int,
    "period": Period,
    "system": System,
}


def _packed(value: Any) -> Any:
    return value if isinstance(value, int) else str(value)
