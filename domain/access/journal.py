"""The audit trail of entering: one row for each thing that happened, in its own transaction."""

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


class Result(StrEnum):
    DONE = "done"
    REFUSED = "refused"


class Journal(Protocol):
    async def write(
        self, visit: Visit, action: Action, result: Result, member_id: int | None, why: str = ""
    ) -> None:
        """Add a row; `why` is a word of ours, never a document, a PIN or a code."""
