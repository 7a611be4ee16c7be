"""Attending to a ticket: claim it, answer it, close it. Each of these only one employee does."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from domain.access.journal import Action
from domain.access.letters import MailKind, MailQueue
from domain.conversation import Visit
from domain.cooperative import Policies
from domain.notes import Note, Notes
from domain.staff.conduct import Beaten, Conduct, Deed, OwnAccount
from domain.staff.duties import Duty, employee_for
from domain.staff.people import Employee
from domain.staff.tickets import LONGEST_TEXT, TicketKind, TicketState, TicketStep

A_PAGE = 6
TICKET_NOTE, ANSWER_NOTE, CLOSED_NOTE = "ticket", "ticket_answer", "ticket_closed"


class NoTicket(LookupError):
    """There is no ticket of that number."""


class NotAnswered(Exception):
    """Nobody has answered the ticket yet: who asked would never hear of it."""


@dataclass(frozen=True, slots=True)
class Ticket:
    """`bound_chat`: the member's own chat, if any; nothing of `name` and `text` is proven."""

    id: int
    number: str
    kind: TicketKind
    state: TicketState
    created_at: datetime
    chat_id: int
    member_id: int | None
    bound_chat: int | None
    document: str
    name: str
    text: str
    claimed_by: int | None = None
    claimant: str | None = None
    claimed_at: datetime | None = None
    closed_at: datetime | None = None

    @property
    def from_own_chat(self) -> bool:
        """Whether it was filed from the member's own chat."""
        return self.chat_id == self.bound_chat


@dataclass(frozen=True, slots=True)
class TicketEvent:
    """A line of a ticket's history; `by` is None for what the office or the member did."""

    at: datetime
    step: TicketStep
    by: str | None
    text: str


@dataclass(frozen=True, slots=True)
class QueuePage:
    """A page of tickets that are not closed, those that wait first, the oldest first."""

    tickets: Sequence[Ticket]
    page: int
    more: bool


class Queue(Protocol):
    async def waiting(self, skip: int, limit: int) -> Sequence[Ticket]:
        """Tickets that are not closed, those that wait first, the oldest first."""

    async def one(self, ticket_id: int) -> Ticket | None: ...

    async def history(self, ticket_id: int) -> Sequence[TicketEvent]:
        """All that happened to it, oldest first."""

    async def claim(self, ticket_id: int, staff_id: int, stale: datetime, at: datetime) -> bool:
        """Take it if it waits, or was claimed before `stale`; False when another holds it."""

    async def release(self, ticket_id: int, staff_id: int, at: datetime) -> bool:
        """Put it back; False when it is not the employee's."""

    async def answer(self, ticket_id: int, staff_id: int, text: str, at: datetime) -> int | None:
        """Keep the answer and hold the ticket longer; its number, None when it is not theirs."""

    async def close(self, ticket_id: int, staff_id: int, at: datetime) -> bool:
        """Close it; False when it is not the employee's."""

    async def is_answered(self, ticket_id: int) -> bool: ...


@dataclass(frozen=True, slots=True)
class AttendTickets:
    queue: Queue
    conduct: Conduct
    notes: Notes
    mail: MailQueue
    policies: Policies

    async def page(self, visit: Visit, page: int) -> QueuePage:
        """A page of the queue; NotAllowed."""
        employee_for(Duty.TICKETS, visit)
        found = await self.queue.waiting(page * A_PAGE, A_PAGE + 1)
        return QueuePage(found[:A_PAGE], page, len(found) > A_PAGE)

    async def read(self, visit: Visit, ticket_id: int) -> Ticket:
        """The ticket; NotAllowed, NoTicket."""
        employee_for(Duty.TICKETS, visit)
        found = await self.queue.one(ticket_id)
        if found is None:
            raise NoTicket
        return found

    async def history(self, visit: Visit, ticket_id: int) -> Sequence[TicketEvent]:
        """All that happened to it; NotAllowed."""
        employee_for(Duty.TICKETS, visit)
        return await self.queue.history(ticket_id)

    async def claim(self, visit: Visit, ticket_id: int) -> None:
        """Take it; Beaten when another was faster. NotAllowed, OwnAccount, NoTicket."""
        ticket, employee, deed = await self._permit(visit, ticket_id, Action.TICKET_CLAIMED)
        stale = visit.now - self.policies.ticket_claim
        if not await self.queue.claim(ticket.id, employee.id, stale, visit.now):
            raise Beaten
        await self._done(visit, employee, deed, ticket)

    async def release(self, visit: Visit, ticket_id: int) -> None:
        """Put it back into the queue; Beaten when it is not theirs."""
        ticket, employee, deed = await self._permit(visit, ticket_id, Action.TICKET_RELEASED)
        if not await self.queue.release(ticket.id, employee.id, visit.now):
            raise Beaten
        await self._done(visit, employee, deed, ticket)

    async def answer(self, visit: Visit, ticket_id: int, text: str) -> None:
        """Tell whoever asked, and the member, in the chat and by e-mail; Beaten if not theirs."""
        ticket, employee, deed = await self._permit(visit, ticket_id, Action.TICKET_ANSWERED)
        said = text.strip()[:LONGEST_TEXT]
        event_id = await self.queue.answer(ticket.id, employee.id, said, visit.now)
        if event_id is None:
            raise Beaten
        await self._done(visit, employee, deed, ticket)
        await self._tell(visit, ticket, ANSWER_NOTE, {"ticket": ticket.id, "event": event_id})
        if ticket.member_id is not None:
            params = {"number": ticket.number, "answer": said}
            await self.mail.notify(MailKind.ANSWER, ticket.member_id, visit.now, params)

    async def close(self, visit: Visit, ticket_id: int) -> None:
        """Close it and say so; NotAnswered, or Beaten when it is not theirs."""
        ticket, employee, deed = await self._permit(visit, ticket_id, Action.TICKET_CLOSED)
        if not await self.queue.is_answered(ticket.id):
            raise NotAnswered
        if not await self.queue.close(ticket.id, employee.id, visit.now):
            raise Beaten
        await self._done(visit, employee, deed, ticket)
        await self._tell(visit, ticket, CLOSED_NOTE, {"ticket": ticket.id})

    async def _permit(
        self, visit: Visit, ticket_id: int, action: Action
    ) -> tuple[Ticket, Employee, Deed]:
        ticket = await self.queue.one(ticket_id)
        if ticket is None:
            raise NoTicket
        deed = Deed(Duty.TICKETS, action, ticket.member_id, f"ticket:{ticket.id}")
        employee = await self.conduct.permit(visit, deed)
        if ticket.chat_id == visit.telegram_id:
            raise OwnAccount
        return ticket, employee, deed

    async def _done(self, visit: Visit, by: Employee, deed: Deed, ticket: Ticket) -> None:
        await self.conduct.record(visit, by, deed)
        await self.notes.refresh(subject_of(ticket.id), visit.now)

    async def _tell(self, visit: Visit, ticket: Ticket, name: str, params: dict[str, int]) -> None:
        """The chat that asked, and the member's own one if that is another."""
        for chat in {ticket.chat_id, ticket.bound_chat or ticket.chat_id}:
            await self.notes.tell(chat, Note(name, params), visit.now)


def subject_of(ticket_id: int) -> str:
    """The subject of the notes that employees have about a ticket."""
    return f"ticket:{ticket_id}"
