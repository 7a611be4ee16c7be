"""What is told beside the conversation: to employees that a lead waits, to whoever sent it what
became of it. None of it names the person."""

from dataclasses import dataclass
from typing import Any, Protocol

from domain.leads.lead import Lead, LeadState, Outcome
from handlers.kit.callbacks import Standing
from handlers.kit.screen import Button, Rows, Screen
from handlers.leads.wording import state_phrase, wish_phrase


@dataclass(frozen=True, slots=True)
class TakeLead(Standing):
    """An employee takes the lead."""

    prefix = "lda"
    lead: int


class KnownLeads(Protocol):
    async def find(self, lead_id: int) -> Lead | None: ...


@dataclass(frozen=True, slots=True)
class LeadNotes:
    leads: KnownLeads

    async def waiting(self, params: Any) -> Screen | None:
        """To employees: what waits, who has it, or how it ended."""
        lead = await self.leads.find(params["lead"])
        if lead is None:
            return None
        told = {"number": lead.number, "wish": wish_phrase(lead.wish), "state": state_phrase(lead)}
        return Screen("leads.note.staff", told, _rows(lead))

    async def taken(self, params: Any) -> Screen | None:
        """To whoever sent it: who attends to it; nothing when it was given back meanwhile."""
        lead = await self.leads.find(params["lead"])
        if lead is None or lead.claimant is None:
            return None
        return Screen("leads.note.taken", {"number": lead.number, "employee": lead.claimant})

    async def ended(self, params: Any) -> Screen | None:
        """To whoever sent it: how it ended."""
        lead = await self.leads.find(params["lead"])
        if lead is None or lead.outcome is None or lead.outcome is Outcome.WITHDRAWN:
            return None
        return Screen(f"leads.note.ended.{lead.outcome}", {"number": lead.number})


def _rows(lead: Lead) -> Rows:
    open_ = lead.state is LeadState.OPEN
    return ((Button("leads.button.attend", TakeLead(lead.id)),),) if open_ else ()
