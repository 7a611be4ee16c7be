"""The queue of simulations sent, and one of them: take it, call, note how it ended."""

from dataclasses import dataclass

from domain.conversation import Visit
from domain.leads.attending import AttendLeads
from domain.leads.lead import LONGEST_NOTE, Lead, LeadState, Outcome, read_lead_number
from domain.staff.conduct import Beaten
from domain.staff.duties import Duty
from domain.staff.files import ReadFile
from handlers.kit.callbacks import Callback
from handlers.kit.flow import Data, Flow, Go, Input, Leave, Step
from handlers.kit.flow import Outcome as Next
from handlers.kit.membership import employee_of
from handlers.kit.navigation import footer
from handlers.kit.screen import Button, Phrase, Rows, Screen
from handlers.leads.wording import caller_phrase, event_phrase, line, state_phrase, wish_phrase
from handlers.staff.guard import staff_flow, steer
from handlers.statement.paging import Turn, page_within, turning_row

QUEUE = Leave("staff_leads")
ENDINGS = (Outcome.AGREED, Outcome.THINKING, Outcome.DECLINED, Outcome.UNREACHED)


@dataclass(frozen=True, slots=True)
class OpenLead(Callback):
    prefix = "slo"
    lead: int


@dataclass(frozen=True, slots=True)
class AttendLead(Callback):
    """`act`: claim, release, close, member or no_note."""

    prefix = "sla"
    act: str


@dataclass(frozen=True, slots=True)
class EndLead(Callback):
    prefix = "sle"
    outcome: str


@dataclass(frozen=True, slots=True)
class LeadsFlow:
    visit: Visit
    attending: AttendLeads

    def flow(self) -> Flow:
        steps = {"queue": Step(self.show, self.answer)}
        return staff_flow("staff_leads", Duty.LEADS, "queue", steps)

    async def show(self, data: Data) -> Screen:
        """A page of what waits, and who has what."""
        found = await self.attending.page(self.visit, data.get("page", 0))
        if not found.leads:
            return Screen("staff_leads.none", rows=footer())
        numbered = tuple(enumerate(found.leads, start=1))
        lines = tuple(line(position, each, self.visit.now) for position, each in numbered)
        buttons = tuple((_open_button(n, lead),) for n, lead in numbered)
        turning = turning_row(found.page, found.more, "staff.turn")
        return Screen("staff_leads.queue", {"lines": lines}, (*buttons, *turning, *footer()))

    async def answer(self, data: Data, given: Input) -> Next:
        """A lead of the list, or of a typed number; another page."""
        match given:
            case OpenLead(lead):
                return await self._open(lead)
            case Turn(page):
                return Go("queue", {"page": page_within(page)})
            case str():
                number = read_lead_number(given)
                unread = Go("queue", data, Phrase("staff_leads.no_number"))
                return await self._open(number) if number else unread
        return steer(given, "queue", data)

    async def _open(self, lead_id: int) -> Next:
        await self.attending.read(self.visit, lead_id)
        return Leave("staff_lead", {"lead": lead_id})


@dataclass(frozen=True, slots=True)
class LeadFlow:
    """Begun with `lead` in its data."""

    visit: Visit
    attending: AttendLeads
    files: ReadFile

    def flow(self) -> Flow:
        steps = {
            "lead": Step(self.show, self.answer),
            "close": Step(self.show_close, self.take_close),
            "note": Step(self.show_note, self.take_note),
        }
        return staff_flow("staff_lead", Duty.LEADS, "lead", steps)

    async def show(self, data: Data) -> Screen:
        """The simulation with its history; whom to call only to whoever has taken it."""
        lead = await self.attending.read(self.visit, data["lead"])
        history = await self.attending.history(self.visit, lead.id)
        params = {
            "number": lead.number,
            "state": state_phrase(lead),
            "wish": wish_phrase(lead.wish),
            "caller": caller_phrase(lead) if self._is_mine(lead) else _HIDDEN,
            "history": tuple(map(event_phrase, history)),
        }
        return Screen("staff_lead.text", params, (*self._rows(lead), *footer()))

    async def answer(self, data: Data, given: Input) -> Next:
        """What is done with the lead."""
        match given:
            case AttendLead("claim" | "release" as act):
                return await self._attend(data, act)
            case AttendLead("close"):
                return Go("close", data)
            case AttendLead("member"):
                return await self._see_member(data)
        return steer(given, "lead", data, QUEUE)

    async def show_close(self, data: Data) -> Screen:
        lead = await self.attending.read(self.visit, data["lead"])
        rows = tuple((Button(f"staff_lead.end.{o}", EndLead(o.value)),) for o in ENDINGS)
        return Screen("staff_lead.close", {"number": lead.number}, (*rows, *footer()))

    async def take_close(self, data: Data, given: Input) -> Next:
        """How it ended."""
        if isinstance(given, EndLead) and given.outcome in ENDINGS:
            return Go("note", data | {"outcome": given.outcome})
        return steer(given, "close", data, Go("lead", data))

    async def show_note(self, data: Data) -> Screen:
        lead = await self.attending.read(self.visit, data["lead"])
        none = (Button("staff_lead.button.no_note", AttendLead("no_note")),)
        params = {"number": lead.number, "longest": LONGEST_NOTE}
        return Screen("staff_lead.note", params, (none, *footer()))

    async def take_note(self, data: Data, given: Input) -> Next:
        """A note, or none."""
        match given:
            case AttendLead("no_note"):
                return await self._close(data, "")
            case str() if len(given.strip()) > LONGEST_NOTE:
                too_long = Phrase("staff_lead.too_long", {"longest": LONGEST_NOTE})
                return Go("note", data, too_long)
            case str():
                return await self._close(data, given)
        return steer(given, "note", data, Go("close", data))

    async def _close(self, data: Data, note: str) -> Next:
        try:
            outcome = Outcome(data["outcome"])
            await self.attending.close(self.visit, data["lead"], outcome, note)
        except Beaten:
            return Go("lead", data, Phrase("staff_lead.beaten"))
        return Go("lead", data, Phrase("staff_lead.done.close"))

    async def _attend(self, data: Data, act: str) -> Next:
        acts = {"claim": self.attending.claim, "release": self.attending.release}
        try:
            await acts[act](self.visit, data["lead"])
        except Beaten:
            return Go("lead", data, Phrase("staff_lead.beaten"))
        return Go("lead", data, Phrase(f"staff_lead.done.{act}"))

    async def _see_member(self, data: Data) -> Next:
        lead = await self.attending.read(self.visit, data["lead"])
        member_id = lead.caller.member_id
        if member_id is None or not self._is_mine(lead):
            return Go("lead", data)
        await self.files.open(self.visit, member_id)
        back = ["staff_lead", {"lead": lead.id}]
        return Leave("staff_file", {"member": member_id, "back": back})

    def _is_mine(self, lead: Lead) -> bool:
        return lead.claimed_by == employee_of(self.visit).id

    def _rows(self, lead: Lead) -> Rows:
        acts: tuple[str, ...] = ()
        if lead.state is not LeadState.CLOSED:
            acts = ("close", "release") if self._is_mine(lead) else ("claim",)
        if self._is_mine(lead) and lead.caller.member_id is not None:
            acts = (*acts, "member")
        return tuple((Button(f"staff_lead.button.{a}", AttendLead(a)),) for a in acts)


_HIDDEN = Phrase("staff_lead.caller.hidden")


def _open_button(position: int, lead: Lead) -> Button:
    return Button(
        "staff_leads.button", OpenLead(lead.id), {"position": position, "number": lead.number}
    )
