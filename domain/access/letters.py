"""E-mails about entering: what is asked for, and what is written."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from domain.access.attempts import Attempt


class MailKind(StrEnum):
    """NOTHING is queued and then dropped: an unknown document leaves the same trace."""

    CODE = "code"
    WRONG_PIN = "wrong_pin"
    LOCKED_OUT = "locked_out"
    FIRST_KEY_EXPIRED = "first_key_expired"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Letter:
    subject: str
    text: str
    html: str


class Letters(Protocol):
    def write(self, kind: MailKind, name: str, at: datetime, code: str | None) -> Letter:
        """The letter of that kind; only a CODE letter has a code."""


class MailQueue(Protocol):
    async def put(self, kind: MailKind, attempt: Attempt, at: datetime) -> None:
        """Have it sent after this unit of work commits, surviving a crash."""

    async def overtake(self, attempt_id: str) -> None:
        """Drop what still waits to be sent for the attempt, the news of a lock apart."""
