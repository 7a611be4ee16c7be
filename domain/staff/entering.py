"""An employee enters: the Telegram account, and a code of the authenticator."""

from dataclasses import dataclass

from domain.access.admission import NewSessions
from domain.access.journal import Action, Journal, Result
from domain.access.totp import CheckApp, Holder, Verdict
from domain.conversation import Session, Visit
from domain.staff.joining import begin_session
from domain.staff.people import Employee, Employees


class NoEmployee(LookupError):
    """This Telegram account is no employee's, or not any more."""


@dataclass(frozen=True, slots=True)
class StaffEntry:
    employees: Employees
    app: CheckApp
    sessions: NewSessions
    journal: Journal

    async def employee(self, visit: Visit) -> Employee:
        """Who may enter from this account; NoEmployee."""
        found = await self.employees.at_account(visit.telegram_id)
        if found is None:
            raise NoEmployee
        return found

    async def enter(self, visit: Visit, code: str) -> Session | Verdict:
        """The session, or why the code was refused; NoEmployee."""
        employee = await self.employee(visit)
        about = f"staff:{employee.id}"
        verdict = await self.app.check(Holder(staff_id=employee.id), True, code, visit.now)
        if verdict is not Verdict.RIGHT:
            refused = (Action.STAFF_CODE, Result.REFUSED, None, verdict.value, about)
            await self.journal.write(visit, *refused)
            return verdict
        await self.journal.write(visit, Action.STAFF_ENTRY, Result.DONE, None, about=about)
        return await begin_session(self.sessions, visit, employee)
