"""What is told beside the conversation: to employees that a lead waits, to whoever sent it what
became of it. None of it names the person."""

from dataclasses import dataclass
from typing import Any, Protocol

from domain.leads.lead import Lead, LeadState, Outcome
from handlers.kit.callbacks import Standing
from handlers.kit.screen import Button, Phrase, Rows, Screen
from handlers.leads.wording import KEY, wish_phrase


@dataclass(frozen=True, slots=True)
class Attend(Standing):
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
        told = {"number": lead.number, "wish": wish_phrase(lead.wish), "state": _state(lead)}
        return Screen(f"{KEY}.note.staff", told, _rows(lead))

    async def taken(self, params: Any) -> Screen | None:
        """To whoever sent it: who attends to it; nothing when it was given back meanwhile."""
        lead = await self.leads.find(params["lead"])
        if lead is None or lead.claimed_by is None:
            return None
        return Screen(f"{KEY}.note.taken", {"number": lead.number, "employee": lead.claimed_by[1]})

    async def ended(self, params: Any) -> Screen | None:
        """To whoever sent it: how it ended."""
        lead = await self.leads.find(params["lead"])
        if lead is None or lead.outcome is None or lead.outcome is Outcome.WITHDRAWN:
            return None
        return Screen(f"{KEY}.note.ended.{lead.outcome}", {"number": lead.number})


def _state(lead: Lead) -> Phrase:
    if lead.outcome is not None:
        return Phrase(f"{KEY}.outcome.{lead.outcome}")
    if lead.claimed_by is not None:
        return Phrase(f"{KEY}.state.claimed", {"employee": lead.claimed_by[1]})
    return Phrase(f"{KEY}.state.open")


def _rows(lead: Lead) -> Rows:
    open_ = lead.state is LeadState.OPEN
    return ((Button(f"{KEY}.button.attend", Attend(lead.id)),),) if open_ else ()
