"""The member behind a document, as far as entering needs to know."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from domain.members import Document, Member


@dataclass(frozen=True, slots=True)
class StoredPin:
    """A PIN as kept: a slow hash over a keyed hash, and which key it was."""

    hash: str
    key_version: int


@dataclass(frozen=True, slots=True)
class Applicant:
    """`blocked`: barred as a whole by the member or the cooperative, whatever the PIN."""

    member: Member
    first_loaded_at: datetime
    pin: StoredPin | None = None
    telegram_id: int | None = None
    failures_bound: int = 0
    failures_unbound: int = 0
    blocked: bool = False

    def has_first_key(self, now: datetime, life: timedelta) -> bool:
        """Whether the birth date still serves as the first key (docs/security.md 3)."""
        return self.pin is None and now < self.first_loaded_at + life

    @property
    def was_attacked(self) -> bool:
        """Whether more failed since the last entry than one slip of their own."""
        return self.failures_unbound > 0 or self.failures_bound > 1

    def failures(self, bound: bool) -> int:
        return self.failures_bound if bound else self.failures_unbound


class Applicants(Protocol):
    async def by_document(self, document: Document) -> Applicant | None: ...

    async def by_id(self, member_id: int | None) -> Applicant | None:
        """The same statement is made for None, so that both take as long."""


class Credentials(Protocol):
    async def take_try(self, member_id: int, bound: bool, limit: int) -> int | None:
        """Count one PIN try before it is judged: which one it is, None beyond the limit."""

    async def give_back(self, member_id: int, bound: bool, tries: int) -> None:
        """Uncount a try that was right; called with 0 otherwise, so that both take as long."""

    async def set_first_pin(self, member_id: int, pin: StoredPin, at: datetime) -> bool:
        """Keep the first PIN; False when there is one already."""

    async def entered(self, member_id: int, telegram_id: int, at: datetime) -> bool:
        """Bind the account and clear the failures; False when the member is blocked."""


class Pins(Protocol):
    async def hash(self, member_id: int, pin: str) -> StoredPin: ...

    async def matches(self, member_id: int, pin: str, stored: StoredPin | None) -> bool:
        """Whether it is that PIN; without a stored one False, after the same work."""
