"""What could not be delivered: looked at by employees, and tried again at their word."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from domain.access.journal import Action
from domain.conversation import Visit
from domain.staff.conduct import Beaten, Conduct, Deed
from domain.staff.duties import Duty, employee_for

A_PAGE = 5
RECENT = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class DeadLetter:
    """A notification that could not be sent, or of which nobody knows whether it arrived."""

    id: int
    client: str
    member_number: str
    category: str
    template: str | None
    reason: str
    tries: int
    settled_at: datetime


class Letters(Protocol):
    async def count(self, since: datetime) -> int:
        """How many there are since then."""

    async def newest(self, limit: int, skip: int = 0) -> Sequence[DeadLetter]:
        """The newest first."""

    async def revive(self, numbers: Sequence[int] | None, now: datetime) -> int:
        """Have these, or all recent ones, tried again; how many could be."""


@dataclass(frozen=True, slots=True)
class UnsentPage:
    """A page of them, from 0; `total`: of all that are recent."""

    letters: tuple[DeadLetter, ...]
    total: int
    page: int

    @property
    def more(self) -> bool:
        return (self.page + 1) * A_PAGE < self.total


@dataclass(frozen=True, slots=True)
class AttendUnsent:
    letters: Letters
    conduct: Conduct

    async def page(self, visit: Visit, page: int) -> UnsentPage:
        """Those of the last thirty days; NotAllowed."""
        employee_for(Duty.BROADCASTS, visit)
        total = await self.letters.count(visit.now - RECENT)
        limit = min(A_PAGE, max(total - page * A_PAGE, 0))
        found = await self.letters.newest(limit, page * A_PAGE) if limit else ()
        return UnsentPage(tuple(found), total, page)

    async def again(self, visit: Visit, numbers: Sequence[int] | None) -> int:
        """Have these, or all recent ones, tried again; how many. Beaten when none could be."""
        about = f"notification:{numbers[0]}" if numbers else None
        deed = Deed(Duty.BROADCASTS, Action.REQUEUE, None, about)
        employee = await self.conduct.permit(visit, deed)
        count = await self.letters.revive(numbers, visit.now)
        if not count:
            raise Beaten
        await self.conduct.record(visit, employee, deed)
        return count
