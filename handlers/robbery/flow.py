"""The screens around it: what will happen, the document and the birth date, and what follows."""

from dataclasses import dataclass

from domain.access.attempts import Purpose
from domain.access.present_document import PresentDocument
from domain.access.report_robbery import ReportRobbery, TooManyReports, described
from domain.conversation import Visit
from domain.cooperative import Cooperative
from domain.members import Document
from handlers.entry.document import DocumentSteps
from handlers.entry.guard import Guard, halt, lead_out
from handlers.entry.taps import CANCEL, TO_START
from handlers.kit.callbacks import Callback
from handlers.kit.dates import read_date
from handlers.kit.flow import Data, Flow, Go, Input, Leave, Outcome, Step
from handlers.kit.screen import Button, Phrase, Screen
from handlers.robbery.buttons import BlockNow


@dataclass(frozen=True, slots=True)
class ByDocument(Callback):
    prefix = "rbd"


@dataclass(frozen=True, slots=True)
class RobberyFlow:
    visit: Visit
    documents: PresentDocument
    robbery: ReportRobbery
    cooperative: Cooperative

    def flow(self) -> Flow:
        guard = Guard(self.cooperative)
        document = DocumentSteps(self.visit, self.documents, Purpose.ROBBERY, _to_born)
        asking = {
            "start": Step(self.show_start, self.take_start),
            **document.steps(),
            "born": Step(self.show_born, self.take_born, discreet=True, even=(str,)),
        }
        steps = {name: guard.over(step) for name, step in asking.items()}
        return Flow("robbery", version=1, first="start", steps=steps | {"stop": guard.stop()})

    async def show_start(self, data: Data) -> Screen:
        """In the member's own chat one button does it; a document does it from anywhere."""
        own = await self.robbery.is_own(self.visit)
        block = ((Button("robbery.block", BlockNow()),),) if own else ()
        label = "robbery.another" if own else "robbery.document"
        rows = (*block, (Button(label, ByDocument()),), *CANCEL)
        text = "robbery.own" if own else "robbery.anywhere"
        return Screen(text, {"phone": self.cooperative.phone}, rows)

    async def take_start(self, data: Data, given: Input) -> Outcome:
        return Go("kind" if isinstance(given, ByDocument) else "start")

    async def show_born(self, data: Data) -> Screen:
        return Screen("robbery.born.text", rows=CANCEL)

    async def take_born(self, data: Data, given: Input) -> Outcome:
        """The birth date; what follows is the same whether it is right or not."""
        if not isinstance(given, str):
            return Go("born", data)
        born = read_date(given)
        if born is None:
            return Go("born", data, Phrase("robbery.born.malformed"))
        attempt, document = data["attempt"], data["document"]
        try:
            tickets = await self.robbery.by_birth_date(self.visit, attempt, document, born)
        except TooManyReports:
            return halt("reports")
        return Leave("blocked", {"tickets": tickets, "unsure": True})


@dataclass(frozen=True, slots=True)
class BlockedFlow:
    """What was done, and what happens next."""

    cooperative: Cooperative

    def flow(self) -> Flow:
        steps = {"done": Step(self.show, self.answer)}
        return Flow("blocked", version=1, first="done", steps=steps)

    async def show(self, data: Data) -> Screen:
        """The tickets' numbers, to be told at the cooperative."""
        tickets: list[str] = data.get("tickets", [])
        who = self.cooperative
        params = {"phone": who.phone, "hours": who.hours, "next": Phrase("blocked.next")}
        if not tickets:
            return Screen("blocked.before", params, TO_START)
        text = "blocked.unsure" if data.get("unsure") else "blocked.done"
        return Screen(text, params | {"tickets": ", ".join(tickets)}, TO_START)

    async def answer(self, data: Data, given: Input) -> Outcome:
        return lead_out(given) or Go("done", data)


def _to_born(attempt: str, document: Document) -> Go:
    return Go("born", {"attempt": attempt, "document": described(document)})
