"""The queue of tickets, and one ticket: claim it, answer it, close it."""

from dataclasses import dataclass

from domain.conversation import Visit
from domain.staff.attend import AttendTickets, NotAnswered, Ticket
from domain.staff.conduct import Beaten
from domain.staff.duties import Duty
from domain.staff.files import ReadFile
from domain.staff.tickets import LONGEST_TEXT, TicketState, read_ticket_number
from handlers.kit.callbacks import Callback
from handlers.kit.flow import Data, Flow, Go, Input, Leave, Outcome, Step
from handlers.kit.membership import employee_of
from handlers.kit.navigation import footer
from handlers.kit.screen import Button, Phrase, Rows, Screen
from handlers.staff.guard import staff_flow, steer
from handlers.staff.member_file import OpenTicket
from handlers.staff.ticket_words import line, told, trust
from handlers.statement.paging import Turn, page_within, turning_row

QUEUE = Leave("staff_tickets")


@dataclass(frozen=True, slots=True)
class Attend(Callback):
    """`act`: claim, release, answer or close."""

    prefix = "stk"
    act: str


@dataclass(frozen=True, slots=True)
class SeeMember(Callback):
    prefix = "stm"


@dataclass(frozen=True, slots=True)
class TicketsFlow:
    visit: Visit
    attending: AttendTickets

    def flow(self) -> Flow:
        steps = {"queue": Step(self.show, self.answer)}
        return staff_flow("staff_tickets", Duty.TICKETS, "queue", steps)

    async def show(self, data: Data) -> Screen:
        """A page of what waits, and who has what."""
        found = await self.attending.page(self.visit, data.get("page", 0))
        if not found.tickets:
            return Screen("staff_tickets.none", rows=footer())
        numbered = tuple(enumerate(found.tickets, start=1))
        lines = tuple(line(position, each, self.visit.now) for position, each in numbered)
        buttons = tuple(
            (Button("staff_tickets.button", OpenTicket(t.id), {"position": n, "number": t.number}),)
            for n, t in numbered
        )
        turning = turning_row(found.page, found.more, "staff.turn")
        return Screen("staff_tickets.queue", {"lines": lines}, (*buttons, *turning, *footer()))

    async def answer(self, data: Data, given: Input) -> Outcome:
        """A ticket of the list, or of a typed number; another page."""
        match given:
            case OpenTicket(ticket):
                return await self._open(ticket)
            case Turn(page):
                return Go("queue", {"page": page_within(page)})
            case str():
                number = read_ticket_number(given)
                return await self._open(number) if number else self._unread(data)
        return steer(given, "queue", data)

    async def _open(self, ticket_id: int) -> Outcome:
        await self.attending.read(self.visit, ticket_id)
        return Leave("staff_ticket", {"ticket": ticket_id})

    def _unread(self, data: Data) -> Outcome:
        return Go("queue", data, Phrase("staff_tickets.no_number"))


@dataclass(frozen=True, slots=True)
class TicketFlow:
    """Begun with `ticket` in its data."""

    visit: Visit
    attending: AttendTickets
    files: ReadFile

    def flow(self) -> Flow:
        steps = {
            "ticket": Step(self.show, self.answer),
            "answer": Step(self.show_answer, self.take_answer, discreet=True),
        }
        return staff_flow("staff_ticket", Duty.TICKETS, "ticket", steps)

    async def show(self, data: Data) -> Screen:
        """The ticket with its history, and what may be done by now."""
        ticket = await self.attending.read(self.visit, data["ticket"])
        history = await self.attending.history(self.visit, ticket.id)
        return Screen("staff_ticket.text", told(ticket, history), self._rows(ticket))

    async def answer(self, data: Data, given: Input) -> Outcome:
        """What is done with the ticket."""
        match given:
            case Attend("answer"):
                return Go("answer", data)
            case Attend(act) if act in ("claim", "release", "close"):
                return await self._attend(data, act)
            case SeeMember():
                return await self._see_member(data)
        return steer(given, "ticket", data, QUEUE)

    async def show_answer(self, data: Data) -> Screen:
        """What to mind when answering: who will read it."""
        ticket = await self.attending.read(self.visit, data["ticket"])
        params = {
            "number": ticket.number,
            "trust": Phrase(f"staff_ticket.trust.{trust(ticket)}"),
            "longest": LONGEST_TEXT,
        }
        return Screen("staff_ticket.write", params, footer())

    async def take_answer(self, data: Data, given: Input) -> Outcome:
        """The answer, as it is sent."""
        if not isinstance(given, str):
            return steer(given, "answer", data, Go("ticket", data))
        if len(given.strip()) > LONGEST_TEXT:
            return Go("answer", data, Phrase("staff_ticket.too_long", {"longest": LONGEST_TEXT}))
        try:
            await self.attending.answer(self.visit, data["ticket"], given)
        except Beaten:
            return Go("ticket", data, Phrase("staff_ticket.beaten"))
        return Go("ticket", data, Phrase("staff_ticket.done.answer"))

    async def _attend(self, data: Data, act: str) -> Outcome:
        acts = {
            "claim": self.attending.claim,
            "release": self.attending.release,
            "close": self.attending.close,
        }
        try:
            await acts[act](self.visit, data["ticket"])
        except Beaten:
            return Go("ticket", data, Phrase("staff_ticket.beaten"))
        except NotAnswered:
            return Go("answer", data, Phrase("staff_ticket.not_answered"))
        return Go("ticket", data, Phrase(f"staff_ticket.done.{act}"))

    async def _see_member(self, data: Data) -> Outcome:
        ticket = await self.attending.read(self.visit, data["ticket"])
        if ticket.member_id is None:
            return Go("ticket", data)
        await self.files.open(self.visit, ticket.member_id)
        back = ["staff_ticket", {"ticket": ticket.id}]
        return Leave("staff_file", {"member": ticket.member_id, "back": back})

    def _rows(self, ticket: Ticket) -> Rows:
        mine = ticket.claimed_by == employee_of(self.visit).id
        acts: tuple[str, ...] = ()
        if ticket.state is TicketState.OPEN:
            acts = ("claim",)
        elif ticket.state is TicketState.CLAIMED:
            acts = ("answer", "close", "release") if mine else ()
        rows: Rows = tuple((Button(f"staff_ticket.button.{a}", Attend(a)),) for a in acts)
        if ticket.member_id is not None:
            rows = (*rows, (Button("staff_ticket.button.member", SeeMember()),))
        return (*rows, *footer())
