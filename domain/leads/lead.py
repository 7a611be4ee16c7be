"""What a lead is: what was simulated, by whom, and how far employees have come with it."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from domain.clock import local_date
from domain.finance.loans import System
from domain.finance.periods import Period
from domain.finance.rates import Rate
from domain.money import Centavos

LONGEST_NAME, LONGEST_NOTE = 60, 300


class Product(StrEnum):
    CREDIT = "credit"
    CDAT = "cdat"


class LeadState(StrEnum):
    OPEN = "open"
    CLAIMED = "claimed"
    CLOSED = "closed"


class LeadStep(StrEnum):
    """What happened to a lead, one row of its history each."""

    FILED = "filed"
    CLAIMED = "claimed"
    RELEASED = "released"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"


class Outcome(StrEnum):
    """How it ended: made into a product, still being thought over, not wanted, never reached; or
    the visitor took their data back."""

    AGREED = "agreed"
    THINKING = "thinking"
    DECLINED = "declined"
    UNREACHED = "unreached"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Wish:
    """What was simulated: `term` in months of a credit, days of a CDAT; `figure` is the first
    payment of a credit, or all that a CDAT yields net; `system` is a credit's."""

    product: Product
    line: str
    amount: Centavos
    term: int
    period: Period
    system: System | None
    rate: Rate
    figure: Centavos
    simulated_on: date


@dataclass(frozen=True, slots=True)
class Visitor:
    """Somebody without a membership who wants to be called; `mobile` as `+573…`."""

    name: str
    mobile: str


@dataclass(frozen=True, slots=True)
class NewLead:
    """Exactly one of `member_id` and `visitor`; `chat_id` is where they are told what follows."""

    wish: Wish
    chat_id: int
    at: datetime
    member_id: int | None
    visitor: Visitor | None


@dataclass(frozen=True, slots=True)
class Caller:
    """Whom to call: a member (with the number and mobile on file) or a visitor; `member_id` None
    for a visitor, all empty when the visitor took their data back."""

    name: str
    mobile: str | None
    member_id: int | None
    member_number: str | None


@dataclass(frozen=True, slots=True)
class Lead:
    """`claimed_by`: the employee's id and name; `note`: what the employee wrote at its end."""

    id: int
    state: LeadState
    wish: Wish
    caller: Caller
    chat_id: int
    created_at: datetime
    claimed_by: tuple[int, str] | None
    outcome: Outcome | None
    note: str

    @property
    def number(self) -> str:
        return lead_number(self.id, self.created_at)


def lead_number(lead_id: int, at: datetime) -> str:
    """`S-2026-00012`: the year it was sent in (Colombia) and a running number."""
    return f"S-{local_date(at).year}-{lead_id:05}"
