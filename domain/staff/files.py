"""A member's file, as far as employees need it to help with entering. No balances."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from domain.access.journal import Action, Journal, Result
from domain.conversation import Visit
from domain.members import Member
from domain.staff.duties import Duty, employee_for
from domain.staff.tickets import TicketState

SHOWN = 5


class PinState(StrEnum):
    """OWN: chosen by the member. VOID: a new one must be chosen. The others: none yet."""

    OWN = "own"
    VOID = "void"
    FIRST_KEY = "first_key"
    FIRST_KEY_EXPIRED = "first_key_expired"


@dataclass(frozen=True, slots=True)
class AccessState:
    """How the member enters; `vouched_until`: the reset that began at `reset_since` is open."""

    pin: PinState
    pin_set_at: datetime | None
    failures_bound: int
    failures_unbound: int
    locked_at: datetime | None
    lock_reason: str | None
    vouched_until: datetime | None
    reset_since: datetime | None
    bound_at: datetime | None
    last_entry_at: datetime | None
    has_authenticator: bool
    app_failures_own: int = 0
    app_failures_others: int = 0


@dataclass(frozen=True, slots=True)
class PastEntry:
    """A try at entering and how it ended."""

    at: datetime
    action: Action
    result: Result


@dataclass(frozen=True, slots=True)
class PastTicket:
    id: int
    number: str
    state: TicketState


@dataclass(frozen=True, slots=True)
class PastAct:
    """What an employee did to this member."""

    at: datetime
    action: Action
    by: str
    reason: str


@dataclass(frozen=True, slots=True)
class MemberFile:
    """The newest entries, tickets and acts first, some of each."""

    member: Member
    access: AccessState
    entries: Sequence[PastEntry] = ()
    tickets: Sequence[PastTicket] = ()
    acts: Sequence[PastAct] = ()


class Files(Protocol):
    async def file(self, member_id: int, now: datetime, shown: int) -> MemberFile | None:
        """The member's file with that many lines of each kind; None without such a member."""


class NoMember(LookupError):
    """There is no member of that number."""


@dataclass(frozen=True, slots=True)
class ReadFile:
    files: Files
    journal: Journal

    async def open(self, visit: Visit, member_id: int) -> None:
        """Leave a trace that the employee looks at the file from now on; NotAllowed, NoMember."""
        await self.read(visit, member_id)
        await self.journal.write(visit, Action.MEMBER_SEEN, Result.DONE, member_id)

    async def read(self, visit: Visit, member_id: int) -> MemberFile:
        """The file; NotAllowed, NoMember."""
        employee_for(Duty.MEMBERS, visit)
        found = await self.files.file(member_id, visit.now, SHOWN)
        if found is None:
            raise NoMember
        return found

    async def see_document(self, visit: Visit, member_id: int) -> None:
        """Leave a trace that the employee asked for the whole document; NotAllowed."""
        employee_for(Duty.MEMBERS, visit)
        await self.journal.write(visit, Action.DOCUMENT_SEEN, Result.DONE, member_id)
