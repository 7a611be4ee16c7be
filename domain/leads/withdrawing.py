"""A visitor takes back what they left (Ley 1581 of 2012, art. 8 e)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from domain.leads.sending import lead_subject
from domain.notes import Notes


class VisitorsLeads(Protocol):
    async def withdraw(self, chat_id: int, at: datetime) -> Sequence[int]:
        """Erase name and mobile of the leads that visitors sent from that chat, and end those
        that are not ended; the ids of all of them."""


@dataclass(frozen=True, slots=True)
class WithdrawLeads:
    leads: VisitorsLeads
    notes: Notes

    async def withdraw(self, chat_id: int, at: datetime) -> None:
        """Leave nothing of the visitor in the leads of that chat; employees' notes say so."""
        for lead_id in await self.leads.withdraw(chat_id, at):
            await self.notes.refresh(lead_subject(lead_id), at)
