"""Tickets beside the conversation: what employees are told, and what comes back to who asked."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from domain.conversation import Visit
from domain.staff.attend import AttendTickets, NoTicket, Ticket
from domain.staff.conduct import Beaten, OwnAccount
from domain.staff.duties import NotAllowed
from domain.staff.tickets import TicketState
from handlers.kit.callbacks import Standing
from handlers.kit.flow import Leave, SignOut
from handlers.kit.screen import Button, Phrase, Screen
from handlers.staff.guard import NEEDS_STAFF

ENTER_FIRST = Leave("staff_entry", notice=Phrase("staff.enter_first"))


class Tickets(Protocol):
    async def one(self, ticket_id: int) -> Ticket | None: ...

    async def answered(self, ticket_id: int, event_id: int) -> str:
        """The words of an answer."""


@dataclass(frozen=True, slots=True)
class TakeTicket(Standing):
    prefix = "tkt"
    ticket: int


@dataclass(frozen=True, slots=True)
class TicketNotes:
    """Nothing of the person but the masked document: a note stays in the chat."""

    tickets: Tickets

    async def told(self, params: Mapping[str, Any]) -> Screen | None:
        """To employees: it waits, or who attends to it since when."""
        ticket = await self.tickets.one(params["ticket"])
        if ticket is None:
            return None
        about = {
            "number": ticket.number,
            "kind": Phrase(f"staff_tickets.kind.{ticket.kind}"),
            "document": ticket.document,
        }
        if ticket.state is TicketState.OPEN:
            take = Button("staff_ticket.note.take", TakeTicket(ticket.id))
            again = "again" if params["again"] else "new"
            return Screen(f"staff_ticket.note.{again}", about, ((take,),))
        at = ticket.closed_at or ticket.claimed_at
        by = {"by": ticket.claimant or "", "at": at}
        return Screen(f"staff_ticket.note.{ticket.state}", about | by)

    async def answer(self, params: Mapping[str, Any]) -> Screen | None:
        """To who asked: the answer."""
        ticket = await self.tickets.one(params["ticket"])
        if ticket is None:
            return None
        said = await self.tickets.answered(ticket.id, params["event"])
        return Screen("staff_ticket.note.answer", {"number": ticket.number, "text": said})

    async def closed(self, params: Mapping[str, Any]) -> Screen | None:
        """To who asked: it is closed."""
        ticket = await self.tickets.one(params["ticket"])
        return Screen("staff_ticket.note.done", {"number": ticket.number}) if ticket else None


@dataclass(frozen=True, slots=True)
class TicketPress:
    """The button of a note: who may is asked at the press."""

    visit: Visit
    attending: AttendTickets

    async def take(self, given: Standing) -> Leave | SignOut | Phrase:
        """Claim the ticket and open it."""
        if not isinstance(given, TakeTicket):
            return Phrase("staff.gone")
        try:
            await self.attending.claim(self.visit, given.ticket)
        except NotAllowed:
            return NEEDS_STAFF if is_employee(self.visit) else ENTER_FIRST
        except OwnAccount:
            return Phrase("staff.own_account")
        except NoTicket:
            return Phrase("staff.gone")
        except Beaten:
            return Phrase("staff_ticket.beaten")
        done = Phrase("staff_ticket.done.claim")
        return Leave("staff_ticket", {"ticket": given.ticket}, done)


def is_employee(visit: Visit) -> bool:
    """Whether an employee has entered in this chat."""
    return visit.session is not None and visit.session.employee is not None
