"""A member's own change of e-mail or mobile, approved by an employee: held like any other."""

from dataclasses import dataclass

from domain.access.letters import MailQueue
from domain.contact import ContactField
from domain.conversation import Visit
from domain.notes import Notes
from domain.profile.requests import Request
from domain.staff.change_contact import existing, warn
from domain.staff.changes import AlreadyAsked, Changes, NewChange
from domain.staff.duties import Duty, employee_for


@dataclass(frozen=True, slots=True)
class HoldOwnContact:
    """The two people are the member, who proved the new value, and the employee who approved."""

    changes: Changes
    mail: MailQueue
    notes: Notes

    async def under_way(self, member_id: int) -> frozenset[ContactField]:
        """What of the member's is being changed already."""
        return await self.changes.open_fields(member_id)

    async def hold(self, visit: Visit, request: Request, field: ContactField, value: str) -> bool:
        """Have it serve after the hold, and warn the member; AlreadyAsked.

        False when the member has that value already.
        """
        employee = employee_for(Duty.PROFILES, visit)
        member_id, now = request.member_id, visit.now
        if value == await self.changes.current(member_id, field):
            return False
        asked = NewChange(member_id, field, value, request.number, None, request.chat_id, now)
        change_id = await self.changes.ask(asked)
        if change_id is None:
            raise AlreadyAsked
        await self.changes.confirm(change_id, employee.id, visit.telegram_id, now)
        await warn(self.mail, self.notes, await existing(self.changes, change_id), now)
        return True
