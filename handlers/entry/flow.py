"""The flow of entering, put together from its parts."""

from dataclasses import dataclass

from domain.access.attempts import Purpose
from domain.access.doorway import Doorway
from domain.access.shuffle import Shuffle
from domain.conversation import Visit
from domain.cooperative import Cooperative
from domain.members import Document
from handlers.entry.code import CodeSteps, NoCode
from handlers.entry.document import DocumentSteps
from handlers.entry.first_pin import FirstPinSteps
from handlers.entry.guard import Guard
from handlers.entry.pin import PinStep
from handlers.entry.robot import RobotStep, Touch
from handlers.kit.callbacks import Callback
from handlers.kit.flow import Flow, Go, Step
from handlers.kit.keypad import Submit, blank


@dataclass(frozen=True, slots=True)
class EntryFlow:
    visit: Visit
    doorway: Doorway
    shuffle: Shuffle
    cooperative: Cooperative

    def flow(self) -> Flow:
        guard = Guard(self.cooperative)
        steps = {name: guard.over(step) for name, step in self._steps().items()}
        return Flow("entry", version=1, first="kind", steps=steps | {"stop": guard.stop()})

    def _steps(self) -> dict[str, Step]:
        at_door = (self.visit, self.doorway.documents, Purpose.ENTRY)
        document = DocumentSteps(*at_door, _to_pin)
        pin = PinStep(self.visit, self.doorway.pins, self.shuffle)
        robot = RobotStep(self.visit, self.doorway.codes, self.shuffle)
        code = CodeSteps(self.visit, self.doorway.codes, self.doorway.proofs, self.cooperative)
        first = FirstPinSteps(self.visit, self.doorway.first_pins, self.shuffle)
        return {
            **document.steps(),
            "pin": Step(pin.show, pin.answer, discreet=True, even=(Submit,)),
            "robot": Step(robot.show, robot.answer, even=(Touch,)),
            "code": Step(code.show, code.answer, discreet=True, even=(str, NoCode)),
            "help": Step(code.show_help, code.take_help, discreet=True, even=(str, Callback)),
            **first.steps(),
        }


def _to_pin(attempt: str, _document: Document) -> Go:
    return Go("pin", {"attempt": attempt} | blank())
