"""A lead in plain words."""

from datetime import datetime

from domain.leads.lead import Lead, LeadEvent, LeadStep, Wish
from handlers.kit.screen import Phrase
from handlers.simulation.wording import rate_phrase, term_phrase
from handlers.staff.ticket_words import age


def wish_phrase(wish: Wish) -> Phrase:
    """What was simulated, without whose it is."""
    params = {
        "line": wish.line,
        "amount": wish.amount,
        "term": term_phrase(wish.product, wish.term),
        "every": Phrase(f"statement.period.{wish.period}"),
        "figure": wish.figure,
        "rate": rate_phrase(wish.rate),
        "day": wish.simulated_on,
    }
    return Phrase(f"leads.wish.{wish.product}", params)


def state_phrase(lead: Lead) -> Phrase:
    """Whether it waits, who has it, or how it ended."""
    if lead.outcome is not None:
        return Phrase(f"leads.outcome.{lead.outcome}")
    if lead.claimant is not None:
        return Phrase("leads.state.claimed", {"employee": lead.claimant, "at": lead.claimed_at})
    return Phrase("leads.state.open")


def line(position: int, lead: Lead, now: datetime) -> Phrase:
    """A lead in the queue: nothing of the person."""
    params = {
        "position": position,
        "number": lead.number,
        "line": lead.wish.line,
        "amount": lead.wish.amount,
        "age": age(now - lead.created_at),
        "state": state_phrase(lead),
    }
    return Phrase("staff_leads.line", params)


def caller_phrase(lead: Lead) -> Phrase:
    """Whom to call: for the employee who has taken it."""
    caller = lead.caller
    if not caller.name:
        return Phrase("staff_lead.caller.gone")
    mobile = caller.mobile or Phrase("staff_lead.caller.no_mobile")
    params: dict[str, object] = {"name": caller.name, "mobile": mobile}
    if caller.member_number is None:
        return Phrase("staff_lead.caller.visitor", params)
    return Phrase("staff_lead.caller.member", params | {"member": caller.member_number})


def event_phrase(event: LeadEvent) -> Phrase:
    """A line of a lead's history."""
    params = {"at": event.at, "by": event.by or "", "text": event.text}
    if event.step is LeadStep.CLOSED:
        noted = "noted" if event.text else "bare"
        return Phrase(f"staff_lead.step.closed.{noted}", _only(params, event.text))
    if event.by is None:
        return Phrase(f"staff_lead.step.{event.step}", {"at": event.at})
    return Phrase(f"staff_lead.step.{event.step}", {"at": event.at, "by": event.by})


def _only(params: dict[str, object], text: str) -> dict[str, object]:
    return params if text else {name: value for name, value in params.items() if name != "text"}
