"""Employees take a lead, give it back, or note how it ended; whoever sent it is told."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from domain.access.journal import Action
from domain.conversation import Visit
from domain.leads.lead import LONGEST_NOTE, Lead, LeadEvent, Outcome
from domain.leads.sending import lead_subject
from domain.notes import Note, Notes
from domain.staff.conduct import Beaten, Conduct, Deed, OwnAccount
from domain.staff.duties import Duty, employee_for
from domain.staff.people import Employee

TAKEN, ENDED = "lead_taken", "lead_ended"
A_PAGE = 6
# What somebody took and did not end in so long may be taken by another.
LEFT_LYING = timedelta(days=3)


class NoLead(LookupError):
    """There is no lead of that number."""


@dataclass(frozen=True, slots=True)
class LeadPage:
    """A page of leads that have not ended, those that wait first, the oldest first."""

    leads: Sequence[Lead]
    page: int
    more: bool


class Leads(Protocol):
    """Each change is one conditional statement; False when the lead was not in that state."""

    async def find(self, lead_id: int) -> Lead | None: ...

    async def history(self, lead_id: int) -> Sequence[LeadEvent]:
        """All that happened to it, oldest first."""

    async def waiting(self, skip: int, limit: int) -> Sequence[Lead]:
        """Leads that have not ended, those that wait first, the oldest first."""

    async def claim(self, lead_id: int, staff_id: int, stale: datetime, at: datetime) -> bool:
        """Take it if it waits, was claimed before `stale`, or by somebody who works here no
        longer."""

    async def release(self, lead_id: int, staff_id: int, at: datetime) -> bool:
        """Give it back; False when it is not the employee's."""

    async def close(
        self, lead_id: int, staff_id: int, outcome: Outcome, note: str, at: datetime
    ) -> bool:
        """End it; False when it is not the employee's."""


@dataclass(frozen=True, slots=True)
class AttendLeads:
    leads: Leads
    conduct: Conduct
    notes: Notes

    async def page(self, visit: Visit, page: int) -> LeadPage:
        """A page of what waits and who has what; NotAllowed."""
        employee_for(Duty.LEADS, visit)
        found = await self.leads.waiting(page * A_PAGE, A_PAGE + 1)
        return LeadPage(found[:A_PAGE], page, len(found) > A_PAGE)

    async def read(self, visit: Visit, lead_id: int) -> Lead:
        """The lead; NotAllowed, NoLead."""
        employee_for(Duty.LEADS, visit)
        found = await self.leads.find(lead_id)
        if found is None:
            raise NoLead
        return found

    async def history(self, visit: Visit, lead_id: int) -> Sequence[LeadEvent]:
        """All that happened to it; NotAllowed."""
        employee_for(Duty.LEADS, visit)
        return await self.leads.history(lead_id)

    async def claim(self, visit: Visit, lead_id: int) -> None:
        """Take it: nobody else can then, and whoever sent it is told. NotAllowed, NoLead,
        OwnAccount; Beaten when another was faster."""
        lead, employee, deed = await self._permit(visit, lead_id, Action.LEAD_CLAIMED)
        stale = visit.now - LEFT_LYING
        if not await self.leads.claim(lead.id, employee.id, stale, visit.now):
            raise Beaten
        await self._done(visit, employee, deed)
        await self.notes.tell(lead.chat_id, Note(TAKEN, {"lead": lead.id}), visit.now)

    async def release(self, visit: Visit, lead_id: int) -> None:
        """Give it back to all; Beaten when it is not theirs."""
        lead, employee, deed = await self._permit(visit, lead_id, Action.LEAD_RELEASED)
        if not await self.leads.release(lead.id, employee.id, visit.now):
            raise Beaten
        await self._done(visit, employee, deed)

    async def close(self, visit: Visit, lead_id: int, outcome: Outcome, note: str) -> None:
        """Note how it ended: whoever sent it is told that, never the note. Beaten when it is not
        theirs."""
        lead, employee, deed = await self._permit(visit, lead_id, Action.LEAD_CLOSED)
        brief = note.strip()[:LONGEST_NOTE]
        if not await self.leads.close(lead.id, employee.id, outcome, brief, visit.now):
            raise Beaten
        await self._done(visit, employee, deed)
        await self.notes.tell(lead.chat_id, Note(ENDED, {"lead": lead.id}), visit.now)

    async def _permit(
        self, visit: Visit, lead_id: int, action: Action
    ) -> tuple[Lead, Employee, Deed]:
        lead = await self.leads.find(lead_id)
        if lead is None:
            raise NoLead
        deed = Deed(Duty.LEADS, action, lead.caller.member_id, lead_subject(lead.id))
        employee = await self.conduct.permit(visit, deed)
        if lead.chat_id == visit.telegram_id:
            raise OwnAccount
        return lead, employee, deed

    async def _done(self, visit: Visit, by: Employee, deed: Deed) -> None:
        await self.conduct.record(visit, by, deed)
        await self.notes.refresh(deed.about or "", visit.now)
