"""A step that any flow may have: the member's own PIN, on the keypad."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from domain.access.change_pin import CheckOwnPin, RightPin
from domain.access.outcomes import PinLocked, WrongPin
from domain.access.pin_rules import LENGTH
from domain.access.shuffle import Shuffle
from domain.conversation import Visit
from handlers.kit.flow import Data, Go, Input, Outcome, SignOut
from handlers.kit.keypad import Erase, Keypad, Press, blank
from handlers.kit.screen import Phrase, Screen
from handlers.kit.texts import plural


@dataclass(frozen=True, slots=True)
class OwnPinStep:
    """`here`: the step's name in its flow. `title`: key of its text. `onward`: what follows."""

    visit: Visit
    pins: CheckOwnPin
    shuffle: Shuffle
    here: str
    title: str
    onward: Callable[[Data], Awaitable[Outcome]]

    @property
    def keypad(self) -> Keypad:
        return Keypad(self.shuffle, LENGTH, LENGTH, submit="entry.first.keep")

    def begin(self) -> Go:
        """To this step, with nothing pressed."""
        return Go(self.here, blank())

    async def show(self, data: Data) -> Screen:
        return Screen(self.title, {"dots": self.keypad.dots(data)}, self.keypad.rows(data))

    async def answer(self, data: Data, given: Input) -> Outcome:
        """A key, or the whole PIN; too many wrong ones end the session."""
        if isinstance(given, Press | Erase):
            return Go(self.here, self.keypad.pressed(data, given))
        if isinstance(given, str):
            return Go(self.here, data, Phrase("keypad.do_not_type"))
        if not self.keypad.is_submit(data, given):
            return Go(self.here, data)
        complaint = self.keypad.complaint(data)
        if complaint is not None:
            return Go(self.here, data, complaint)
        match await self.pins.check(self.visit, self.keypad.digits(data)):
            case RightPin():
                return await self.onward({})
            case WrongPin(left):
                wrong = Phrase(plural("entry.pin.wrong", left), {"left": left})
                return Go(self.here, blank(), wrong)
            case PinLocked():
                return SignOut(Phrase("security.pin_locked"))
