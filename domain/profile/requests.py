"""Requests to change personal data: filed by a member, decided by an employee."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from domain.profile.changes import Change


class State(StrEnum):
    """Where a section of a request stands."""

    PENDING = "pending"
    APPROVED = "approved"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


class Refusal(StrEnum):
    """The reasons that a verifier may tap; any other is typed."""

    UNREADABLE = "unreadable"
    MISMATCH = "mismatch"
    INCOMPLETE = "incomplete"
    OFFICE = "office"


@dataclass(frozen=True, slots=True)
class Requested:
    """A section of a request. `reason`: a `Refusal`, or the verifier's own words."""

    change: Change
    state: State = State.PENDING
    reason: str | None = None
    decided_by: str | None = None
    decided_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Question:
    id: int
    asked_by: int
    text: str
    asked_at: datetime
    answer: str | None = None


@dataclass(frozen=True, slots=True)
class Request:
    """`number` is the filing number that the member was given."""

    id: int
    number: str
    member_id: int
    chat_id: int
    filed_at: datetime
    sections: tuple[Requested, ...]
    questions: tuple[Question, ...] = ()
    claimed_by: int | None = None
    claimer: str | None = None
    claimed_until: datetime | None = None

    @property
    def pending(self) -> tuple[Requested, ...]:
        """What nobody has decided yet."""
        return tuple(part for part in self.sections if part.state is State.PENDING)

    @property
    def unanswered(self) -> Question | None:
        """The question that waits for the member."""
        return next((q for q in self.questions if q.answer is None), None)

    def claimer_at(self, now: datetime) -> str | None:
        """Who is at it, unless their time is over."""
        live = self.claimed_until is not None and now < self.claimed_until
        return self.claimer if live else None


@dataclass(frozen=True, slots=True)
class NewRequest:
    member_id: int
    chat_id: int
    at: datetime
    changes: tuple[Change, ...]
    declarations: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Verdict:
    """`staff_id` decided so, then, and why (None when approved)."""

    state: State
    staff_id: int
    at: datetime
    reason: str | None = None


class SectionTaken(Exception):
    """A section of the request is already waiting in another one."""


class Requests(Protocol):
    async def file(self, new: NewRequest) -> Request:
        """Keep it under the next number; SectionTaken leaves nothing behind."""

    async def find(self, request_id: int) -> Request | None: ...

    async def of_member(self, member_id: int, most: int) -> Sequence[Request]:
        """The member's requests, newest first."""

    async def open_sections(self, member_id: int) -> frozenset[str]:
        """What waits for a decision."""

    async def decide(
        self, request_id: int, sections: Sequence[str], verdict: Verdict
    ) -> tuple[Requested, ...]:
        """Decide what is still pending of them, in one statement; only what was decided now."""

    async def withdraw(self, request_id: int, member_id: int, at: datetime) -> bool:
        """Take back what is pending of the member's own request; False when nothing is."""

    async def close_if_done(self, request_id: int, at: datetime) -> bool:
        """Close it when nothing is pending; True when it was closed now."""
