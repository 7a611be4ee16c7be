"""Before an employee acts, their duty and the account; afterwards, a row that stays."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from domain.access.journal import Action, Journal, Result
from domain.conversation import Visit
from domain.staff.duties import Duty, NotAllowed, employee_for
from domain.staff.people import Employee

LONGEST_REASON = 200


class OwnAccount(Exception):
    """The account is the employee's own, by their membership or by a Telegram account of theirs."""


class Beaten(Exception):
    """Somebody else was faster: there is nothing left to do."""


@dataclass(frozen=True, slots=True)
class Deed:
    """What is done to whom; `about` is `ticket:12` and the like."""

    duty: Duty
    action: Action
    member_id: int | None
    about: str | None = None


@dataclass(frozen=True, slots=True)
class StaffAct:
    """A deed that was done, and why, in the employee's own words."""

    at: datetime
    staff_id: int
    telegram_id: int
    deed: Deed
    reason: str = ""


class Acts(Protocol):
    async def is_own(self, employee: Employee, telegram_id: int, member_id: int) -> bool:
        """Whether that member is the employee, or was ever at a Telegram account of theirs."""

    async def add(self, act: StaffAct) -> None:
        """Keep it, for good."""


@dataclass(frozen=True, slots=True)
class Conduct:
    acts: Acts
    journal: Journal

    async def permit(self, visit: Visit, deed: Deed) -> Employee:
        """The employee who may do that; NotAllowed or OwnAccount, with a trace, when nobody may."""
        try:
            employee = employee_for(deed.duty, visit)
            if await self._is_own(employee, visit, deed):
                raise OwnAccount
        except (NotAllowed, OwnAccount) as refusal:
            why = "own_account" if isinstance(refusal, OwnAccount) else "role"
            await self.journal.write(
                visit, deed.action, Result.REFUSED, deed.member_id, why, deed.about
            )
            raise
        return employee

    async def record(self, visit: Visit, by: Employee, deed: Deed, reason: str = "") -> None:
        """Keep what was done: for the member's history, and in the audit trail."""
        said = reason.strip()[:LONGEST_REASON]
        await self.acts.add(StaffAct(visit.now, by.id, visit.telegram_id, deed, said))
        await self.journal.write(visit, deed.action, Result.DONE, deed.member_id, about=deed.about)

    async def _is_own(self, employee: Employee, visit: Visit, deed: Deed) -> bool:
        if deed.member_id is None:
            return False
        return await self.acts.is_own(employee, visit.telegram_id, deed.member_id)
