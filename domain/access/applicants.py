"""The member behind a document, as far as entering needs to know."""

from collections.abc import Sequence
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
    """`blocked`: barred as a whole by the member or the cooperative, whatever the PIN.

    `authenticator`: an app's codes take the place of those by e-mail. `reset_required`: nobody
    enters until a new PIN is chosen; `reset_granted_until`: the cooperative vouches for the member.
    """

    member: Member
    first_loaded_at: datetime
    pin: StoredPin | None = None
    telegram_id: int | None = None
    failures_bound: int = 0
    failures_unbound: int = 0
    blocked: bool = False
    authenticator: bool = False
    reset_required: bool = False
    reset_granted_until: datetime | None = None
    pin_set_at: datetime | None = None
    pin_serves_from: datetime | None = None

    def has_first_key(self, now: datetime, life: timedelta) -> bool:
        """Whether the birth date still serves as the first key (docs/security.md 3)."""
        return self.pin is None and now < self.first_loaded_at + life

    def is_vouched_for(self, now: datetime) -> bool:
        """Whether somebody at the cooperative made sure that it is the member."""
        return self.reset_granted_until is not None and now < self.reset_granted_until

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

    async def by_account(self, telegram_id: int) -> Sequence[Applicant]:
        """The members whom that account is bound to; a family may share a telephone."""


class Credentials(Protocol):
    async def take_try(self, member_id: int, bound: bool, limit: int) -> int | None:
        """Count one PIN try before it is judged: which one it is, None beyond the limit."""

    async def give_back(self, member_id: int, bound: bool, tries: int) -> None:
        """Uncount a try that was right; called with 0 otherwise, so that both take as long."""

    async def set_first_pin(self, member_id: int, pin: StoredPin, at: datetime) -> bool:
        """Keep the first PIN; False when there is one already."""

    async def change_pin(self, member_id: int, pin: StoredPin, at: datetime) -> bool:
        """Keep another PIN; False when blocked or without one so far.

        Whatever anybody was trying with the member's document leads nowhere from now on.
        """

    async def reset_pin(
        self,
        member_id: int,
        pin: StoredPin,
        at: datetime,
        begun_at: datetime,
        serves_from: datetime,
    ) -> bool:
        """Keep a new PIN and clear the failures; attempts lead nowhere from now on.

        False when blocked, or when the attempt, begun at that instant, leads nowhere already.
        """

    async def entered(
        self, member_id: int, telegram_id: int, at: datetime, begun_at: datetime
    ) -> bool:
        """Bind the account and clear the failures.

        False when the member is blocked or must choose a new PIN, or when the attempt, begun at
        that instant, leads nowhere any more.
        """

    async def unbind(self, member_id: int, at: datetime) -> None:
        """No account is the member's own any more; attempts lead nowhere from now on."""


class Pins(Protocol):
    async def hash(self, member_id: int, pin: str) -> StoredPin: ...

    async def matches(self, member_id: int, pin: str, stored: StoredPin | None) -> bool:
        """Whether it is that PIN; without a stored one False, after the same work."""
