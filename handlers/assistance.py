"""A request to the cooperative by somebody who cannot enter: document, name, and what happens."""

from dataclasses import dataclass

from domain.access.ask_for_help import AskForHelp, NotAName, TooManyTickets, read_name
from domain.access.attempts import Purpose
from domain.access.present_document import PresentDocument
from domain.access.report_robbery import described
from domain.conversation import Visit
from domain.cooperative import Cooperative
from domain.members import Document
from handlers.entry.document import DocumentSteps
from handlers.entry.guard import Guard, halt, lead_out
from handlers.entry.taps import CANCEL, TO_START
from handlers.kit.callbacks import Callback
from handlers.kit.flow import Data, Flow, Go, Input, Outcome, Step
from handlers.kit.screen import Button, Phrase, Rows, Screen
from handlers.kit.texts import plain

# What happens most, to be tapped instead of typed.
REASONS = ("pin", "mail", "telephone", "other")


@dataclass(frozen=True, slots=True)
class Reason(Callback):
    prefix = "asr"
    name: str


@dataclass(frozen=True, slots=True)
class AssistanceFlow:
    visit: Visit
    documents: PresentDocument
    help: AskForHelp
    cooperative: Cooperative

    def flow(self) -> Flow:
        guard = Guard(self.cooperative)
        asking = {
            "start": Step(self.show_start, self.take_start, discreet=True),
            **self._document.steps(),
            "name": Step(self.show_name, self.take_name, discreet=True),
            "reason": Step(self.show_reason, self.take_reason, discreet=True, even=(str, Reason)),
        }
        steps = {name: guard.over(step) for name, step in asking.items()}
        ends = {"done": Step(self.show_done, self.take_done), "stop": guard.stop()}
        return Flow("assistance", version=1, first="start", steps=steps | ends)

    async def show_start(self, data: Data) -> Screen:
        """The document first; who gave it before this begins with the name."""
        if "attempt" in data:
            return await self.show_name(data)
        return await self._document.show_kinds(data)

    async def take_start(self, data: Data, given: Input) -> Outcome:
        if "attempt" in data:
            return await self.take_name(data, given)
        return await self._document.take_kind(data, given)

    async def show_name(self, data: Data) -> Screen:
        return Screen("assistance.name.text", rows=CANCEL)

    async def take_name(self, data: Data, given: Input) -> Outcome:
        """The name as they want to be called."""
        if not isinstance(given, str):
            return Go("name", data)
        try:
            return Go("reason", data | {"name": read_name(given)})
        except NotAName:
            return Go("name", data, Phrase("assistance.name.malformed"))

    async def show_reason(self, data: Data) -> Screen:
        reasons: Rows = tuple(
            (Button(f"assistance.reason.{name}", Reason(name)),) for name in REASONS
        )
        return Screen("assistance.reason.text", {"name": data["name"]}, reasons + CANCEL)

    async def take_reason(self, data: Data, given: Input) -> Outcome:
        """One of the usual ones, or in their own words."""
        match given:
            case Reason(name) if name in REASONS:
                return await self._file(data, plain(f"assistance.reason.{name}"))
            case str():
                return await self._file(data, given)
        return Go("reason", data)

    async def show_done(self, data: Data) -> Screen:
        """The number, and what follows."""
        who = self.cooperative
        params = {"number": data["number"], "phone": who.phone, "hours": who.hours}
        return Screen("assistance.done.text", params, TO_START)

    async def take_done(self, data: Data, given: Input) -> Outcome:
        return lead_out(given) or Go("done", data)

    async def _file(self, data: Data, text: str) -> Outcome:
        try:
            known = (data["attempt"], data["document"], data["name"])
            number = await self.help.ask(self.visit, *known, text)
        except TooManyTickets:
            return halt("tickets")
        return Go("done", {"number": number})

    @property
    def _document(self) -> DocumentSteps:
        return DocumentSteps(self.visit, self.documents, Purpose.HELP, _to_name)


def _to_name(attempt: str, document: Document) -> Go:
    return Go("name", {"attempt": attempt, "document": described(document)})
