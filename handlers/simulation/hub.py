"""Which simulator: for whoever only says "simular"."""

from dataclasses import dataclass

from handlers.kit.callbacks import Callback
from handlers.kit.flow import Data, Flow, Go, Input, Leave, Outcome, Step
from handlers.kit.navigation import MENU, footer
from handlers.kit.screen import Button, Phrase, Screen
from handlers.simulation.course import stray

SIMULATORS = ("credit_simulation", "cdat_simulation")


@dataclass(frozen=True, slots=True)
class OpenSimulator(Callback):
    prefix = "sopn"
    flow: str


@dataclass(frozen=True, slots=True)
class SimulatorsFlow:
    def flow(self) -> Flow:
        steps = {"which": Step(self.show, self.answer)}
        return Flow("simulators", version=1, first="which", steps=steps)

    async def show(self, data: Data) -> Screen:
        rows = tuple(
            (Button(f"simulation.open.{name}", OpenSimulator(name)),) for name in SIMULATORS
        )
        return Screen("simulation.which", rows=(*rows, *footer()))

    async def answer(self, data: Data, given: Input) -> Outcome:
        """To that simulator."""
        if isinstance(given, OpenSimulator) and given.flow in SIMULATORS:
            return Leave(given.flow)
        return stray(given, Go("which"), MENU, Phrase("simulation.unclear.button"))
