"""Choosing a PIN: twice on the keypad, and not one that is easy to guess."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from domain.access.pin_rules import LENGTH, Weakness
from domain.access.seals import same
from domain.access.shuffle import Shuffle
from handlers.kit.flow import Data, Go, Input, Outcome, Step
from handlers.kit.keypad import Erase, Keypad, Press, blank
from handlers.kit.screen import Phrase, Screen

_OF_THE_KEYPAD = ("nonce", "places", "chosen")


@dataclass(frozen=True, slots=True)
class NewPinSteps:
    """`weakness`: why a PIN is refused. `keep`: what follows a PIN that was repeated.

    `title`: key of the first screen's text. What else is in the data goes along.
    """

    shuffle: Shuffle
    title: str
    weakness: Callable[[Data, str], Awaitable[Weakness | None]]
    keep: Callable[[Data, str], Awaitable[Outcome | Weakness]]

    def steps(self) -> dict[str, Step]:
        """The steps `new_pin` and `repeat_pin`."""
        return {
            "new_pin": Step(self.show_new, self.take_new, discreet=True),
            "repeat_pin": Step(self.show_repeat, self.take_repeat, discreet=True),
        }

    @property
    def keypad(self) -> Keypad:
        return Keypad(self.shuffle, LENGTH, LENGTH, submit="entry.first.keep")

    async def show_new(self, data: Data) -> Screen:
        return self._screen(self.title, data)

    async def show_repeat(self, data: Data) -> Screen:
        return self._screen("entry.first.repeat", data)

    async def take_new(self, data: Data, given: Input) -> Outcome:
        """A PIN that is not easy to guess, to be repeated."""
        waiting = self._unfinished("new_pin", data, given)
        if waiting is not None:
            return waiting
        weak = await self.weakness(data, self.keypad.digits(data))
        if weak is not None:
            return _again(data, weak)
        chosen = {"nonce": data["nonce"], "places": data["places"]}
        return Go("repeat_pin", _carried(data) | {"chosen": chosen} | blank())

    async def take_repeat(self, data: Data, given: Input) -> Outcome:
        """The same PIN again, and it is kept."""
        waiting = self._unfinished("repeat_pin", data, given)
        if waiting is not None:
            return waiting
        pin = self.keypad.digits(data)
        if not same(pin, self.keypad.digits(data["chosen"])):
            return begin(_carried(data), Phrase("entry.first.different"))
        kept = await self.keep(data, pin)
        return _again(data, kept) if isinstance(kept, Weakness) else kept

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


def begin(data: Data, notice: Phrase | None = None) -> Go:
    """To the first of the two steps."""
    return Go("new_pin", data | blank(), notice)


def _carried(data: Data) -> Data:
    return {key: value for key, value in data.items() if key not in _OF_THE_KEYPAD}


def _again(data: Data, why: Weakness) -> Go:
    return begin(_carried(data), Phrase(f"entry.first.weak.{why}"))
