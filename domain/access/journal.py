"""The audit trail: one row for each thing that happened, in its own transaction."""

from datetime import datetime
from enum import StrEnum
from typing import Protocol

from domain.conversation import Visit


class Action(StrEnum):
    CONSENT = "consent"
    DOCUMENT = "document"
    PIN = "pin"
    LOCK = "lock"
    CODE = "code"
    PIN_SET = "pin_set"
    ENTRY = "entry"
    UNLOCK = "unlock"
    STEP_UP = "step_up"
    CERTIFICATE = "certificate"
    CERTIFICATE_VOID = "certificate_void"
    PROFILE_CONFIRMED = "profile_confirmed"
    PROFILE_FILED = "profile_filed"
    PROFILE_WITHDRAWN = "profile_withdrawn"
    PROFILE_QUESTION = "profile_question"
    PROFILE_PAPER_SEEN = "profile_paper_seen"
    PROFILE_APPROVED = "profile_approved"
    PROFILE_REJECTED = "profile_rejected"
    PROFILE_OWN = "profile_own"


class Result(StrEnum):
    DONE = "done"
    REFUSED = "refused"


class Journal(Protocol):
    async def write(
        self, visit: Visit, action: Action, result: Result, member_id: int | None, why: str = ""
    ) -> None:
        """Add a row; `why` is a word of ours, never a document, a PIN or a code."""

    async def note(
        self, at: datetime, action: Action, result: Result, member_id: int | None, why: str = ""
    ) -> None:
        """Add a row of what was done at the office, without a Telegram account."""
