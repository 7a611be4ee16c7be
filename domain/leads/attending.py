"""Employees take a lead, give it back, or note how it ended; whoever sent it is told."""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Protocol

from domain.leads.lead import LONGEST_NOTE, Lead, LeadState, Outcome
from domain.leads.sending import lead_subject
from domain.notes import Note, Notes
from domain.staff.people import Employee

TAKEN, ENDED = "lead_taken", "lead_ended"


class Refused(Enum):
    """Why an employee may not: it is gone, another has it, or it is their own."""

    GONE = "gone"
    OTHERS = "others"
    OWN = "own"
    ENDED = "ended"


class Leads(Protocol):
    """Each change is one conditional statement; None when the lead was not in that state."""

    async def find(self, lead_id: int) -> Lead | None: ...

    async def waiting(self, employee_id: int, limit: int, skip: int) -> tuple[Lead, ...]:
        """Open ones and those that the employee has taken, oldest first."""

    async def claim(self, lead_id: int, employee: Employee, at: datetime) -> bool:
        """Take an open lead that is not the employee's own."""

    async def release(self, lead_id: int, employee_id: int, at: datetime) -> bool:
        """Give back a lead that this employee has taken."""

    async def close(
        self, lead_id: int, employee_id: int, outcome: Outcome, note: str, at: datetime
    ) -> bool:
        """End a lead that this employee has taken."""


@dataclass(frozen=True, slots=True)
class AttendLeads:
    leads: Leads
    notes: Notes

    async def claim(self, lead_id: int, employee: Employee, at: datetime) -> Lead | Refused:
        """Take it: nobody else can then; whoever sent it is told."""
        claimed = await self.leads.claim(lead_id, employee, at)
        lead = await self.leads.find(lead_id)
        if claimed and lead is not None:
            await self._tell(lead, TAKEN, at)
        return lead if claimed and lead is not None else _why(lead, employee)

    async def release(self, lead_id: int, employee: Employee, at: datetime) -> Refused | None:
        """Give it back to all."""
        if await self.leads.release(lead_id, employee.id, at):
            await self.notes.refresh(lead_subject(lead_id), at)
            return None
        return _why(await self.leads.find(lead_id), employee)

    async def close(
        self, lead_id: int, employee: Employee, outcome: Outcome, note: str, at: datetime
    ) -> Lead | Refused:
        """Note how it ended; whoever sent it is told the outcome, never the note."""
        brief = note[:LONGEST_NOTE]
        closed = await self.leads.close(lead_id, employee.id, outcome, brief, at)
        lead = await self.leads.find(lead_id)
        if closed and lead is not None:
            await self._tell(lead, ENDED, at)
        return lead if closed and lead is not None else _why(lead, employee)

    async def _tell(self, lead: Lead, news: str, at: datetime) -> None:
        await self.notes.refresh(lead_subject(lead.id), at)
        await self.notes.tell(lead.chat_id, Note(news, {"lead": lead.id}), at)


def _why(lead: Lead | None, employee: Employee) -> Refused:
    if lead is None:
        return Refused.GONE
    if lead.state is LeadState.CLOSED:
        return Refused.ENDED
    own = employee.member_id is not None and employee.member_id == lead.caller.member_id
    return Refused.OWN if own else Refused.OTHERS
