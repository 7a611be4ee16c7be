"""Requests to the cooperative's employees: each has a number, a state and a history."""

import re
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from domain.clock import local_date

LONGEST_NAME, LONGEST_TEXT = 80, 600


class TicketKind(StrEnum):
    """HELP: somebody who cannot enter. ROBBERY: a member who had their access blocked.

    ROBBERY_UNPROVEN: reported with a birth date that is not the member's; nothing was blocked.
    CHANGE: a member who stopped a change of their e-mail or mobile.
    """

    HELP = "help"
    ROBBERY = "robbery"
    ROBBERY_UNPROVEN = "robbery_unproven"
    CHANGE = "change"


class TicketState(StrEnum):
    OPEN = "open"
    CLAIMED = "claimed"
    CLOSED = "closed"


class TicketStep(StrEnum):
    """What happened to a ticket, one row of its history each."""

    FILED = "filed"
    CLAIMED = "claimed"
    RELEASED = "released"
    ANSWERED = "answered"
    REMINDED = "reminded"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class NewTicket:
    """`member_id`: whose document it is, None for an unknown one; nothing of it is proven.

    `chat_id`: where the answer goes. `document_key`: keyed hash; `document_masked`: `CC •••••123`.
    """

    kind: TicketKind
    chat_id: int
    at: datetime
    member_id: int | None
    document_key: str
    document_masked: str
    name: str = ""
    text: str = ""


class Tickets(Protocol):
    async def file(self, ticket: NewTicket) -> str:
        """Keep it and begin its history; its number, to be read out."""

    async def open_robbery(self, member_id: int) -> str | None:
        """The number of the member's newest robbery that is not closed."""


def ticket_number(ticket_id: int, at: datetime) -> str:
    """`T-2026-000123`: the year it was filed in (Colombia) and a running number."""
    return f"T-{local_date(at).year}-{ticket_id:06}"


def read_ticket_number(typed: str) -> int | None:
    """The ticket's id in what was typed: `T-2026-000123`, `2026 123`, `123`; None for no number."""
    found = re.fullmatch(r"(?:T?[\s-]*20\d\d[\s-]+)?0*(\d{1,12})", typed.strip().upper())
    return int(found[1]) if found else None
