"""The first entry's end: a PIN of one's own, twice."""

from dataclasses import dataclass

from domain.access.choose_pin import ChooseFirstPin
from domain.access.outcomes import Barred, Entered
from domain.access.pin_rules import LENGTH, Weakness
from domain.access.seals import same
from domain.access.shuffle import Shuffle
from domain.conversation import Visit
from handlers.entry.guard import halt
from handlers.kit.flow import Data, Go, Input, Outcome, SignIn
from handlers.kit.keypad import Erase, Keypad, Press, blank
from handlers.kit.screen import Phrase, Screen


@dataclass(frozen=True, slots=True)
class FirstPinSteps:
    visit: Visit
    pins: ChooseFirstPin
    shuffle: Shuffle

    @property
    def keypad(self) -> Keypad:
        return Keypad(self.shuffle, LENGTH, LENGTH, submit="entry.first.keep")

    async def show_new(self, data: Data) -> Screen:
        return self._screen("entry.first.choose", data)

    async def show_repeat(self, data: Data) -> Screen:
        return self._screen("entry.first.repeat", data)

    async def take_new(self, data: Data, given: Input) -> Outcome:
        """A PIN that is not easy to guess, to be repeated."""
        waiting = self._unfinished("new_pin", data, given)
        if waiting is not None:
            return waiting
        pin = self.keypad.digits(data)
        weak = await self.pins.weakness(self.visit, data["attempt"], pin)
        if weak is not None:
            return _again(data, Phrase(f"entry.first.weak.{weak}"))
        chosen = {"nonce": data["nonce"], "places": data["places"]}
        return Go("repeat_pin", {"attempt": data["attempt"], "chosen": chosen} | blank())

    async def take_repeat(self, data: Data, given: Input) -> Outcome:
        """The same PIN again, and the member is in."""
        waiting = self._unfinished("repeat_pin", data, given)
        if waiting is not None:
            return waiting
        pin = self.keypad.digits(data)
        if not same(pin, self.keypad.digits(data["chosen"])):
            return _again(data, Phrase("entry.first.different"))
        match await self.pins.choose(self.visit, data["attempt"], pin):
            case Entered(session):
                return SignIn(session, Phrase("entry.first.done"))
            case Barred(by):
                return halt(by.value)
            case Weakness() as weak:
                return _again(data, Phrase(f"entry.first.weak.{weak}"))

    def _screen(self, text: str, data: Data) -> Screen:
        return Screen(text, {"dots": self.keypad.dots(data)}, self.keypad.rows(data))

    def _unfinished(self, step: str, data: Data, given: Input) -> Go | None:
        """The same step while keys are missing; None when the PIN is complete."""
        if isinstance(given, Press | Erase):
            return Go(step, self.keypad.pressed(data, given))
        if isinstance(given, str):
            return Go(step, data, Phrase("keypad.do_not_type"))
        if not self.keypad.is_submit(data, given):
            return Go(step, data)
        complaint = self.keypad.complaint(data)
        return Go(step, data, complaint) if complaint else None


def _again(data: Data, why: Phrase) -> Go:
    return Go("new_pin", {"attempt": data["attempt"]} | blank(), why)
