"""A member or visitor sends a simulation to the employees."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from domain.access.limits import DAY, Allowances
from domain.leads.lead import NewLead, lead_number
from domain.notes import Note, Notes
from domain.staff.duties import ROLES, Duty
from domain.staff.people import Role

NEWS_TO_STAFF = "lead_waiting"


class TooManyLeads(Exception):
    """This account has sent as many as it may in a day."""


class NewLeads(Protocol):
    async def file(self, lead: NewLead) -> int:
        """Keep it and begin its history; its id."""


class Crew(Protocol):
    async def chats(self, roles: frozenset[Role]) -> Sequence[int]:
        """The chats of the employees who have one of these roles now."""


@dataclass(frozen=True, slots=True)
class SendLead:
    leads: NewLeads
    allowances: Allowances
    crew: Crew
    notes: Notes
    per_day: int

    async def send(self, lead: NewLead) -> str:
        """Its number, once it waits for employees and they are told; TooManyLeads."""
        subject = f"leads:{lead.chat_id}"
        if await self.allowances.take(subject, self.per_day, DAY, lead.at) is None:
            raise TooManyLeads
        lead_id = await self.leads.file(lead)
        note = Note(NEWS_TO_STAFF, {"lead": lead_id}, lead_subject(lead_id))
        for chat_id in await self.crew.chats(ROLES[Duty.LEADS]):
            await self.notes.tell(chat_id, note, lead.at)
        return lead_number(lead_id, lead.at)


def lead_subject(lead_id: int) -> str:
    """The subject of the notes that employees have about a lead."""
    return f"lead:{lead_id}"
