"""The audit trail: one row for each thing that happened, in its own transaction."""

from collections.abc import Sequence
from dataclasses import dataclass
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
    BLOCK = "block"
    BINDING = "binding"
    RESET = "reset"
    VOUCH = "vouch"
    APP = "app"
    TICKET = "ticket"
    WITHDRAWAL = "withdrawal"
    DATA_COPY = "data_copy"
    STEP_UP = "step_up"
    API_KEY = "api_key"
    API_KEY_REVOKED = "api_key_revoked"
    REQUEUE = "requeue"
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
    PROFILE_TAKEN = "profile_taken"
    STAFF_CODE = "staff_code"
    STAFF_ENROLLED = "staff_enrolled"
    STAFF_ENTRY = "staff_entry"
    STAFF_INVITED = "staff_invited"
    STAFF_REVOKED = "staff_revoked"
    MEMBER_SOUGHT = "member_sought"
    MEMBER_SEEN = "member_seen"
    DOCUMENT_SEEN = "document_seen"
    GRANT = "grant"
    DEACTIVATE = "deactivate"
    ACTIVATE = "activate"
    APP_REMOVED = "app_removed"
    TICKET_CLAIMED = "ticket_claimed"
    TICKET_RELEASED = "ticket_released"
    TICKET_ANSWERED = "ticket_answered"
    TICKET_CLOSED = "ticket_closed"
    CHANGE_ASKED = "change_asked"
    CHANGE_CONFIRMED = "change_confirmed"
    CHANGE_REFUSED = "change_refused"
    CHANGE_STOPPED = "change_stopped"
    CHANGE_APPLIED = "change_applied"
    LEAD_CLAIMED = "lead_claimed"
    LEAD_RELEASED = "lead_released"
    LEAD_CLOSED = "lead_closed"
    BROADCAST_SENT = "broadcast_sent"
    BROADCAST_ASKED = "broadcast_asked"
    BROADCAST_CONFIRMED = "broadcast_confirmed"
    BROADCAST_REFUSED = "broadcast_refused"
    BROADCAST_PAUSED = "broadcast_paused"
    BROADCAST_RESUMED = "broadcast_resumed"
    BROADCAST_CANCELLED = "broadcast_cancelled"


# What a member reads of their own access; their words are `security.log.<action>.<result>`.
DOOR = frozenset(
    {
        *(Action.CONSENT, Action.DOCUMENT, Action.PIN, Action.LOCK, Action.CODE, Action.PIN_SET),
        *(Action.ENTRY, Action.UNLOCK, Action.BLOCK, Action.BINDING, Action.RESET, Action.VOUCH),
        *(Action.APP, Action.TICKET, Action.WITHDRAWAL, Action.DATA_COPY, Action.STEP_UP),
        *(Action.CERTIFICATE, Action.CERTIFICATE_VOID),
        *(Action.PROFILE_FILED, Action.PROFILE_APPROVED, Action.PROFILE_REJECTED),
        *(Action.MEMBER_SEEN, Action.DOCUMENT_SEEN),
        *(Action.GRANT, Action.DEACTIVATE, Action.ACTIVATE, Action.APP_REMOVED),
        *(Action.CHANGE_ASKED, Action.CHANGE_CONFIRMED, Action.CHANGE_REFUSED),
        *(Action.CHANGE_STOPPED, Action.CHANGE_APPLIED),
    }
)


class Result(StrEnum):
    DONE = "done"
    REFUSED = "refused"


class Journal(Protocol):
    async def write(
        self,
        visit: Visit,
        action: Action,
        result: Result,
        member_id: int | None,
        why: str = "",
        about: str | None = None,
    ) -> None:
        """Add an entry; `why` is a word of ours, never a document, a PIN or a code.

        `about`: what it was done to, by its kind and number (`ticket:12`).
        """

    async def note(
        self, at: datetime, action: Action, result: Result, member_id: int | None, why: str = ""
    ) -> None:
        """Add an entry of what was done at the office, without a Telegram account."""


@dataclass(frozen=True, slots=True)
class AccessRecord:
    """What a member may see of an entry about them."""

    at: datetime
    action: Action
    result: Result


class AccessLog(Protocol):
    async def newest(self, member_id: int, limit: int) -> Sequence[AccessRecord]:
        """The last entries at the member's DOOR, whoever acted, newest first."""
