"""Tickets in words."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from domain.staff.attend import Ticket, TicketEvent
from domain.staff.tickets import TicketKind, TicketState
from handlers.kit.screen import Phrase
from handlers.kit.texts import plural

_HOUR, _DAY = timedelta(hours=1), timedelta(days=1)


def line(position: int, ticket: Ticket, now: datetime) -> Phrase:
    """A ticket in the queue: nothing of the person but the masked document."""
    params = {
        "position": position,
        "number": ticket.number,
        "kind": Phrase(f"staff_tickets.kind.{ticket.kind}"),
        "document": ticket.document,
        "age": age(now - ticket.created_at),
        "state": _state(ticket),
    }
    return Phrase("staff_tickets.line", params)


def age(waited: timedelta) -> Phrase:
    """How long ago, in the largest unit that fits."""
    unit, length = ("days", _DAY) if waited >= _DAY else ("hours", _HOUR)
    if waited < _HOUR:
        unit, length = "minutes", timedelta(minutes=1)
    count = max(waited // length, 1)
    return Phrase(plural(f"staff_tickets.ago.{unit}", count), {"count": count})


def told(ticket: Ticket, history: Sequence[TicketEvent]) -> dict[str, object]:
    """The parameters of a ticket's text."""
    return {
        "number": ticket.number,
        "kind": Phrase(f"staff_tickets.kind.{ticket.kind}"),
        "document": ticket.document,
        "known": Phrase(f"staff_ticket.{'known' if ticket.member_id else 'unknown'}"),
        "where": Phrase(f"staff_ticket.from.{trust(ticket)}"),
        "name": _said("name", ticket.name),
        "text": _said("request", ticket.text),
        "state": _state(ticket),
        "history": tuple(_event(event) for event in history),
    }


def trust(ticket: Ticket) -> str:
    """Who may read the answer: the member's `own` chat, a stranger's, or one that was `stolen`."""
    if not ticket.from_own_chat:
        return "stranger"
    return "stolen" if ticket.kind is TicketKind.ROBBERY else "own"


def _said(what: str, text: str) -> Phrase:
    return Phrase(f"staff_ticket.{what}.{'given' if text else 'none'}", {"text": text})


def _state(ticket: Ticket) -> Phrase:
    if ticket.state is TicketState.OPEN:
        return Phrase("staff_tickets.state.open")
    at = ticket.closed_at or ticket.claimed_at
    return Phrase(f"staff_tickets.by.{ticket.state}", {"by": ticket.claimant or "", "at": at})


def _event(event: TicketEvent) -> Phrase:
    step = "timed_out" if event.step == "released" and event.by is None else event.step.value
    params = {"at": event.at, "by": event.by or "", "text": event.text}
    return Phrase(f"staff_ticket.step.{step}", params)
