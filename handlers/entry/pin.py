"""The PIN, or the first key, on the keypad."""

from dataclasses import dataclass
from datetime import timedelta
from math import ceil

from domain.access.check_pin import CheckPin
from domain.access.outcomes import GoOn, PinLocked, Wait, WrongPin
from domain.access.shuffle import Shuffle
from domain.conversation import Visit
from handlers.entry.guard import halt
from handlers.entry.robot import new_picture
from handlers.kit.flow import Data, Go, Input, Outcome
from handlers.kit.keypad import Erase, Keypad, Press, blank
from handlers.kit.screen import Phrase, Screen
from handlers.kit.texts import plural

# Four keys for a PIN, eight for a birth date: one keypad for both, so that it tells nothing.
SHORTEST, LONGEST = 4, 8


@dataclass(frozen=True, slots=True)
class PinStep:
    visit: Visit
    pins: CheckPin
    shuffle: Shuffle

    @property
    def keypad(self) -> Keypad:
        return Keypad(self.shuffle, SHORTEST, LONGEST)

    async def show(self, data: Data) -> Screen:
        return Screen("entry.pin.text", {"dots": self.keypad.dots(data)}, self.keypad.rows(data))

    async def answer(self, data: Data, given: Input) -> Outcome:
        """A key, or the whole PIN."""
        if isinstance(given, Press | Erase):
            return Go("pin", self.keypad.pressed(data, given))
        if isinstance(given, str):
            return Go("pin", data, Phrase("keypad.do_not_type"))
        if not self.keypad.is_submit(data, given):
            return Go("pin", data)
        complaint = self.keypad.complaint(data)
        return Go("pin", data, complaint) if complaint else await self._check(data)

    async def _check(self, data: Data) -> Outcome:
        attempt = {"attempt": data["attempt"]}
        pin = self.keypad.digits(data)
        match await self.pins.check(self.visit, data["attempt"], pin):
            case GoOn():
                return Go("robot", attempt | new_picture())
            case Wait(until):
                return Go("pin", data, _wait(until - self.visit.now))
            case WrongPin(left):
                wrong = Phrase(plural("entry.pin.wrong", left), {"left": left})
                return Go("pin", attempt | blank(), wrong)
            case PinLocked():
                return halt("pin_locked")


def _wait(left: timedelta) -> Phrase:
    """How long to wait, in round figures that are never too short."""
    if left <= timedelta(minutes=1):
        return Phrase("entry.pin.wait.seconds", {"seconds": 10 * ceil(left.total_seconds() / 10)})
    return Phrase("entry.pin.wait.minutes", {"minutes": ceil(left / timedelta(minutes=1))})
