"""The flow of a forgotten PIN, put together from its parts."""

from dataclasses import dataclass, replace
from datetime import datetime

from domain.access.attempts import Purpose
from domain.access.doorway import ResetDoorway
from domain.access.pin_rules import Weakness
from domain.access.report_robbery import described
from domain.access.shuffle import Shuffle
from domain.conversation import Visit
from domain.cooperative import Cooperative
from domain.members import Document
from handlers.entry.document import DocumentSteps
from handlers.entry.guard import Guard, lead_out
from handlers.entry.new_pin import NewPinSteps, begin
from handlers.entry.robot import RobotStep, Touch, new_picture
from handlers.entry.taps import TO_START, AskHelp
from handlers.forgot.code import ForgotCodeStep
from handlers.forgot.second import SecondProofStep
from handlers.kit.callbacks import Callback
from handlers.kit.flow import Contact, Data, Flow, Go, Input, Leave, Outcome, Step
from handlers.kit.screen import Phrase, Screen

_KNOWN = ("attempt", "document")


@dataclass(frozen=True, slots=True)
class ForgotFlow:
    visit: Visit
    doorway: ResetDoorway
    shuffle: Shuffle
    cooperative: Cooperative

    def flow(self) -> Flow:
        guard = Guard(self.cooperative)
        steps = {name: _helped(guard.over(step)) for name, step in self._steps().items()}
        ends = {"done": Step(self.show_done, self.take_done), "stop": _helped(guard.stop())}
        return Flow("forgot", version=1, first="kind", steps=steps | ends)

    def _steps(self) -> dict[str, Step]:
        door = self.doorway
        document = DocumentSteps(self.visit, door.documents, Purpose.RESET, _to_robot)
        robot = RobotStep(self.visit, door.codes, self.shuffle)
        code = ForgotCodeStep(self.visit, door.codes, door.proofs, self.cooperative, _to_second)
        second = SecondProofStep(self.visit, door.second, _to_pin)
        choosing = NewPinSteps(self.shuffle, "forgot.choose", self._weakness, self._keep)
        return {
            **document.steps(),
            "robot": Step(robot.show, robot.answer, even=(Touch,)),
            "code": Step(code.show, code.answer, discreet=True, even=(str, Callback)),
            "second": Step(
                *(second.show, second.answer), discreet=True, contact=True, even=(str, Contact)
            ),
            "help_number": Step(
                second.show_number, second.answer_number, discreet=True, even=(str,)
            ),
            **choosing.steps(),
        }

    async def show_done(self, data: Data) -> Screen:
        """From when on the new PIN serves."""
        serves_from = datetime.fromisoformat(data["serves_from"])
        if serves_from <= self.visit.now:
            return Screen("forgot.done.now", rows=TO_START)
        who = self.cooperative
        params = {"moment": serves_from, "phone": who.phone, "hours": who.hours}
        return Screen("forgot.done.later", params, TO_START)

    async def take_done(self, data: Data, given: Input) -> Outcome:
        return lead_out(given) or Go("done", data)

    async def _weakness(self, data: Data, pin: str) -> Weakness | None:
        return await self.doorway.pins.weakness(self.visit, data["attempt"], pin)

    async def _keep(self, data: Data, pin: str) -> Outcome | Weakness:
        kept = await self.doorway.pins.choose(self.visit, data["attempt"], pin)
        if isinstance(kept, Weakness):
            return kept
        return Go("done", {"serves_from": kept.isoformat()})


def _to_robot(attempt: str, document: Document) -> Go:
    known = {"attempt": attempt, "document": described(document)}
    return Go("robot", known | new_picture())


def _to_second(data: Data, needed: bool) -> Outcome:
    return Go("second" if needed else "help_number", _known(data))


def _to_pin(data: Data) -> Outcome:
    return begin(_known(data), Phrase("forgot.second.done"))


def _known(data: Data) -> Data:
    return {key: data[key] for key in _KNOWN}


def _helped(step: Step) -> Step:
    """The step, from which a request for help knows the document already."""

    async def answer(data: Data, given: Input) -> Outcome:
        if isinstance(given, AskHelp) and "document" in data:
            return Leave("assistance", _known(data))
        return await step.answer(data, given)

    return replace(step, answer=answer)
