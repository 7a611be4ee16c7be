"""E-mails about entering: what is asked for, and what is written."""

from collections.abc import Mapping
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
    AFTER_FAILURES = "after_failures"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Letter:
    subject: str
    text: str
    html: str


NOTHING: Mapping[str, str] = {}


class Letters(Protocol):
    def write(
        self,
        kind: MailKind,
        name: str,
        at: datetime,
        code: str | None,
        params: Mapping[str, str] = NOTHING,
    ) -> Letter:
        """The letter of that kind; only a letter that brings a code has one."""


class MailQueue(Protocol):
    async def put(self, kind: MailKind, attempt: Attempt, at: datetime) -> None:
        """Have it sent after this unit of work commits, surviving a crash."""

    async def notify(
        self,
        kind: MailKind,
        member_id: int,
        at: datetime,
        params: Mapping[str, str] = NOTHING,
        to: str = "",
    ) -> None:
        """Have a notice sent to the member's address on file, or `to` an earlier one.

        `params` are words of ours that the letter names, never secrets.
        """

    async def overtake(self, attempt_id: str) -> None:
        """Drop what still waits to be sent for the attempt, the news of a lock apart."""
