"""A member's e-mail or mobile: asked for by one person, confirmed by another, held for a day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol

from domain.contact import ContactField
from domain.members import Document

# The database refuses less (migration 0011).
HOLD = timedelta(hours=24)
REQUEST_LIFE = timedelta(days=3)
A_PAGE = 6
CHANGE_NOTE, HELD_NOTE = "contact_change", "change_held"


class Outcome(StrEnum):
    """LAPSED: nobody confirmed it. OVERTAKEN: the core system brought another value meanwhile."""

    APPLIED = "applied"
    REFUSED = "refused"
    STOPPED = "stopped"
    LAPSED = "lapsed"
    OVERTAKEN = "overtaken"


class NoChange(LookupError):
    """There is no change of that number."""


class SamePerson(Exception):
    """Whoever asked for a change does not confirm it, from whatever Telegram account."""


class SameValue(ValueError):
    """It is what the member has already."""


class AlreadyAsked(Exception):
    """Another change of the same is under way."""


@dataclass(frozen=True, slots=True)
class NewChange:
    """What is asked for; `by` and `account`: the employee and their Telegram account.

    Asked for by the member in an update of their data: `by` is None, `reason` its filing number.
    """

    member_id: int
    field: ContactField
    value: str
    reason: str
    by: int | None
    account: int
    at: datetime


@dataclass(frozen=True, slots=True)
class ContactChange:
    """`bound_chat`: the member's own chat, if any. Names of employees are None for nobody.

    `requester` is None when the member asked; `reason` is then the filing number of the update.
    """

    id: int
    member_id: int
    surnames: str
    first_names: str
    document: Document
    bound_chat: int | None
    field: ContactField
    old_value: str | None
    new_value: str
    reason: str
    requested_by: int | None
    requester: str | None
    requested_from: int
    requested_at: datetime
    confirmer: str | None = None
    confirmed_at: datetime | None = None
    serves_at: datetime | None = None
    closed_at: datetime | None = None
    closer: str | None = None
    outcome: Outcome | None = None

    @property
    def is_held(self) -> bool:
        """Confirmed, and waiting to serve."""
        return self.confirmed_at is not None and self.closed_at is None


class Changes(Protocol):
    async def current(self, member_id: int, field: ContactField) -> str | None:
        """What the member has now; LookupError without such a member."""

    async def ask(self, change: NewChange) -> int | None:
        """Keep it; its number, None when another change of the same is under way."""

    async def one(self, change_id: int) -> ContactChange | None: ...

    async def open_fields(self, member_id: int) -> frozenset[ContactField]:
        """What of the member's is being changed."""

    async def under_way(self, skip: int, limit: int) -> Sequence[ContactChange]:
        """Changes that are not closed, those to be confirmed first, the oldest first."""

    async def confirm(self, change_id: int, by: int, account: int, at: datetime) -> bool:
        """Confirm it, to serve after the hold; False when it was decided or is too old."""

    async def close(
        self, change_id: int, outcome: Outcome, by: int | None, at: datetime, *, held: bool
    ) -> bool:
        """End it, if it still is as `held` says; False when it was decided meanwhile."""

    async def lapse(self, before: datetime, at: datetime) -> Sequence[int]:
        """End those that were asked for before that instant and that nobody confirmed."""

    async def due(self, at: datetime) -> Sequence[int]:
        """Confirmed changes whose time has come, closed as applied; or overtaken."""


def subject_of(change_id: int) -> str:
    """The subject of all notes about a change."""
    return f"change:{change_id}"
