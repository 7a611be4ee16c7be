"""One try at entering, or at what else a document begins: it leads to that and nothing else."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol

from domain.conversation import Visit


class AttemptOver(LookupError):
    """The attempt expired, ended, was overtaken by another, or belongs to another chat."""


class Purpose(StrEnum):
    """What an attempt may lead to: a session, a new PIN, a ticket, or a blocked access."""

    ENTRY = "entry"
    RESET = "reset"
    HELP = "help"
    ROBBERY = "robbery"


@dataclass(frozen=True, slots=True)
class Attempt:
    """`member_id` is None for an unknown document; `pin_ok` until a PIN has been judged.

    `proven_at`: the code was right. `vouched_at`: so was the second proof of a reset.
    """

    id: str
    chat_id: int
    telegram_id: int
    member_id: int | None
    document_key: str
    bound: bool
    created_at: datetime
    purpose: Purpose = Purpose.ENTRY
    first_key: bool = False
    pin_ok: bool | None = None
    code_hash: str | None = None
    code_expires_at: datetime | None = None
    code_tries: int = 0
    proven_at: datetime | None = None
    vouch_tries: int = 0
    vouched_at: datetime | None = None


class Attempts(Protocol):
    async def begin(self, attempt: Attempt) -> None:
        """Keep a new attempt; earlier ones of its chat are over."""

    async def current(
        self,
        attempt_id: str,
        visit: Visit,
        life: timedelta,
        purpose: Purpose | None = Purpose.ENTRY,
    ) -> Attempt:
        """This chat's and account's attempt of that purpose, or any, while it lives.

        AttemptOver otherwise.
        """

    async def judged(self, attempt_id: str, right: bool, first_key: bool) -> None:
        """Keep the judgement of the PIN; only the first one counts."""

    async def expect_code(self, attempt_id: str, until: datetime) -> None:
        """A new code is on its way: the old one is dead and the tries start again."""

    async def take_code_try(self, attempt_id: str, limit: int) -> Attempt | None:
        """Count a try and return the attempt; None when the code is dead or already served."""

    async def prove(self, attempt_id: str, code_hash: str, at: datetime) -> bool:
        """Use the code up; False when it was used or replaced meanwhile."""

    async def prove_by_app(self, attempt_id: str, at: datetime) -> bool:
        """A code of the member's app was right; False when the attempt is proven or over."""

    async def take_vouch_try(self, attempt_id: str, limit: int) -> Attempt | None:
        """Count a try at the second proof; None beyond the limit or when it is not its turn."""

    async def vouch(self, attempt_id: str, at: datetime) -> bool:
        """The second proof was right; False when it was given before."""

    async def close(self, attempt_id: str, at: datetime) -> None: ...
