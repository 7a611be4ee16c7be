"""The flow of entering, put together from its parts."""

from dataclasses import dataclass

from domain.access.doorway import Doorway
from domain.access.shuffle import Shuffle
from domain.conversation import Visit
from domain.cooperative import Cooperative
from handlers.entry.code import CodeSteps
from handlers.entry.document import DocumentSteps
from handlers.entry.first_pin import FirstPinSteps
from handlers.entry.guard import Guard
from handlers.entry.pin import PinStep
from handlers.entry.robot import RobotStep
from handlers.kit.flow import Flow, Step


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
        document = DocumentSteps(self.visit, self.doorway.documents)
        pin = PinStep(self.visit, self.doorway.pins, self.shuffle)
        robot = RobotStep(self.visit, self.doorway.codes, self.shuffle)
        code = CodeSteps(self.visit, self.doorway.codes, self.doorway.proofs, self.cooperative)
        first = FirstPinSteps(self.visit, self.doorway.first_pins, self.shuffle)
        return {
            "kind": Step(document.show_kinds, document.take_kind, discreet=True),
            "other": Step(document.show_others, document.take_kind, discreet=True),
            "number": Step(document.show_number, document.take_number, discreet=True),
            "pin": Step(pin.show, pin.answer, discreet=True),
            "robot": Step(robot.show, robot.answer),
            "code": Step(code.show, code.answer, discreet=True),
            "help": Step(code.show_help, code.take_help, discreet=True),
            "new_pin": Step(first.show_new, first.take_new, discreet=True),
            "repeat_pin": Step(first.show_repeat, first.take_repeat, discreet=True),
        }
