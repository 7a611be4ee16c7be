"""What a lead is: what was simulated, by whom, and how far employees have come with it."""

import re
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
class LeadEvent:
    """A line of a lead's history; `by` is None for what the member or visitor did."""

    at: datetime
    step: LeadStep
    by: str | None
    text: str


@dataclass(frozen=True, slots=True)
class Lead:
    id: int
    state: LeadState
    wish: Wish
    caller: Caller
    chat_id: int
    created_at: datetime
    claimed_by: int | None
    claimant: str | None
    claimed_at: datetime | None
    outcome: Outcome | None
    closed_at: datetime | None

    @property
    def number(self) -> str:
        return lead_number(self.id, self.created_at)


def read_lead_number(typed: str) -> int | None:
    """The lead's id in what was typed: `S-2026-00012`, `2026 12`, `12`; None for no number."""
    found = re.fullmatch(r"(?:S?[\s-]*20\d\d[\s-]+)?0*(\d{1,12})", typed.strip().upper())
    return int(found[1]) if found else None


def lead_number(lead_id: int, at: datetime) -> str:
    """`S-2026-00012`: the year it was sent in (Colombia) and a running number."""
    return f"S-{local_date(at).year}-{lead_id:05}"
