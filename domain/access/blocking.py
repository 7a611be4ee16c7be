"""Barring a member's access as a whole, at once; undone only at the cooperative, with a new PIN."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol


class LockReason(StrEnum):
    """ROBBERY: the telephone was stolen. STRANGER: the member did not do what was done.

    STAFF: an employee deactivated it.
    """

    ROBBERY = "robbery"
    STRANGER = "stranger"
    STAFF = "staff"


class LockedBy(StrEnum):
    """Who had it locked, when it was no employee (`staff:12`)."""

    OWN_CHAT = "own_chat"
    BIRTH_DATE = "birth_date"


@dataclass(frozen=True, slots=True)
class Lock:
    """A barred access; `by` is one of `LockedBy`, or `staff:` and a number."""

    at: datetime
    reason: str
    by: str


class Locks(Protocol):
    async def lock(self, member_id: int, lock: Lock) -> bool:
        """Bar the member and void their PIN; False when they were barred already.

        An earlier lock keeps its reason; attempts lead nowhere from now on. For a member who does
        not exist the same is done.
        """


class Resets(Protocol):
    async def grant(self, member_id: int, until: datetime, at: datetime) -> None:
        """Void the PIN; until then the member may choose a new one without a second proof.

        A lock and the failures are cleared as well. Whoever calls this vouches for the member.
        """
