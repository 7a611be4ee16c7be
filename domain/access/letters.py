"""E-mails to members: what is asked for, and what is written."""

from collections.abc import Mapping
from dataclasses import dataclass, field
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
    RESET_CODE = "reset_code"
    RESET_BLOCKED = "reset_blocked"
    RESET_INACTIVE = "reset_inactive"
    RESET_NO_PIN = "reset_no_pin"
    RESET_GRANTED = "reset_granted"
    NEW_ACCOUNT = "new_account"
    PIN_CHANGED = "pin_changed"
    APP_ADDED = "app_added"
    APP_REMOVED = "app_removed"
    APP_CODE_REUSED = "app_code_reused"
    RECOVERY_USED = "recovery_used"
    BLOCKED = "blocked"
    ROBBERY_UNPROVEN = "robbery_unproven"
    TICKET = "ticket"
    CONSENT_WITHDRAWN = "consent_withdrawn"
    AFTER_FAILURES = "after_failures"
    UNLOCKED = "unlocked"
    DEACTIVATED = "deactivated"
    ANSWER = "answer"
    CHANGE_HELD = "change_held"
    CHANGE_SERVES = "change_serves"
    NOTHING = "nothing"
    STEP_UP = "step_up"
    CERTIFICATE = "certificate"
    CERTIFICATE_VOIDED = "certificate_voided"
    NEW_ADDRESS = "new_address"
    PROFILE_DECIDED = "profile_decided"


@dataclass(frozen=True, slots=True)
class Enclosure:
    """A PDF that goes with a letter."""

    filename: str
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Letter:
    subject: str
    text: str
    html: str
    enclosure: Enclosure | None = None


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


class LetterQueue(Protocol):
    async def put_about(
        self, kind: MailKind, member_id: int, about: str, at: datetime, to: str = ""
    ) -> None:
        """Have it sent after this unit of work commits, surviving a crash.

        `about`: the id of what it is about, from which the letter is written when it is sent.
        `to`: another address than the one on file.
        """

    async def overtake(self, about: str) -> None:
        """Drop what still waits to be sent about that, the news of a lock apart."""


class MailQueue(LetterQueue, Protocol):
    async def put(self, kind: MailKind, attempt: Attempt, at: datetime) -> None:
        """Have a letter about an attempt at entering sent."""

    async def notify(
        self,
        kind: MailKind,
        member_id: int | None,
        at: datetime,
        params: Mapping[str, str] = NOTHING,
        to: str = "",
    ) -> None:
        """Have a notice sent to the member's address on file, or `to` an earlier one.

        For nobody's document the same is queued, and then dropped.

        `params` are words of ours that the letter names, never secrets.
        """
