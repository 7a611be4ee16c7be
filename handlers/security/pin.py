"""Changing the PIN: the present one, a fresh code, and the new one twice."""

from dataclasses import dataclass

from domain.access.change_pin import ChangePin, CheckOwnPin
from domain.access.pin_rules import Weakness
from domain.access.shuffle import Shuffle
from domain.access.step_up import Purpose, StepUp
from domain.conversation import Visit
from domain.cooperative import Cooperative
from handlers.entry.new_pin import NewPinSteps, begin
from handlers.kit.callbacks import Callback
from handlers.kit.flow import Access, Data, Flow, Go, Input, Leave, Outcome, Step
from handlers.kit.navigation import footer
from handlers.kit.screen import Button, Phrase, Screen
from handlers.security.guard import SECURITY, guarded
from handlers.security.own_pin import OwnPinStep
from handlers.step_up import StepUpStep
from handlers.understand import wander


@dataclass(frozen=True, slots=True)
class Start(Callback):
    prefix = "sps"


@dataclass(frozen=True, slots=True)
class PinFlow:
    visit: Visit
    own: CheckOwnPin
    change: ChangePin
    step_up: StepUp
    shuffle: Shuffle
    cooperative: Cooperative

    def flow(self) -> Flow:
        current = self._current
        proof = self._proof
        choosing = NewPinSteps(self.shuffle, "security.pin.choose", self._weakness, self._keep)
        steps = {
            "start": Step(self.show_start, self.take_start),
            "current": Step(current.show, current.answer, discreet=True),
            "prove": Step(proof.show, proof.answer, discreet=True),
            **choosing.steps(),
        }
        named = {name: guarded(step) for name, step in steps.items()}
        return Flow("pin", version=1, first="start", steps=named, access=Access.MEMBER)

    async def show_start(self, data: Data) -> Screen:
        """What will be asked for."""
        rows = ((Button("security.pin.start", Start()),), *footer())
        return Screen("security.pin.text", rows=rows)

    async def take_start(self, data: Data, given: Input) -> Outcome:
        if isinstance(given, Start):
            return self._current.begin()
        return wander(given, SECURITY) or Go("start")

    @property
    def _current(self) -> OwnPinStep:
        title = "security.pin.current"
        at = (self.visit, self.own, self.shuffle)
        return OwnPinStep(*at, "current", title, self._proof.begin)

    @property
    def _proof(self) -> StepUpStep:
        at = (self.visit, self.step_up, Purpose.CHANGE_PIN, self.cooperative)
        return StepUpStep(*at, "prove", lambda _: SECURITY, self._to_new)

    async def _to_new(self, data: Data) -> Outcome:
        return begin({})

    async def _weakness(self, data: Data, pin: str) -> Weakness | None:
        return await self.change.weakness(self.visit, pin)

    async def _keep(self, data: Data, pin: str) -> Outcome | Weakness:
        weak = await self.change.change(self.visit, pin)
        return weak or Leave("security", notice=Phrase("security.pin.done"))
