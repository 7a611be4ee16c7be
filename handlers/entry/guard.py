"""Where an entry that cannot go on ends kindly."""

from dataclasses import dataclass

from domain.access.attempts import AttemptOver
from domain.access.restraint import TooManyCodes, TooManyFailures
from domain.cooperative import Cooperative
from handlers.entry.taps import START_OVER, StartOver
from handlers.kit.flow import Data, Go, Input, Leave, Outcome, Step
from handlers.kit.keypad import Cancel
from handlers.kit.screen import Screen

WELCOME = Leave("welcome")


def halt(reason: str) -> Go:
    """The end of this entry, with what to do next (`entry.stop.<reason>`)."""
    return Go("stop", {"reason": reason})


@dataclass(frozen=True, slots=True)
class Guard:
    cooperative: Cooperative

    def stop(self) -> Step:
        """The last step: why, and what to do."""
        return Step(self._show_stop, self._take_stop)

    def over(self, step: Step) -> Step:
        """The step, with a way out, and with a kind end when its attempt is over."""

        async def show(data: Data) -> Screen:
            try:
                return await step.show(data)
            except AttemptOver:
                return self._screen("over")

        async def answer(data: Data, given: Input) -> Outcome:
            if isinstance(given, StartOver | Cancel):
                return WELCOME
            try:
                return await step.answer(data, given)
            except AttemptOver:
                return halt("over")
            except TooManyFailures:
                return halt("failures")
            except TooManyCodes:
                return halt("wrong_codes")

        return Step(show, answer, step.discreet)

    async def _show_stop(self, data: Data) -> Screen:
        return self._screen(data["reason"])

    async def _take_stop(self, data: Data, given: Input) -> Outcome:
        return WELCOME if isinstance(given, StartOver) else Go("stop", data)

    def _screen(self, reason: str) -> Screen:
        who = self.cooperative
        params = {"phone": who.phone, "hours": who.hours}
        return Screen(f"entry.stop.{reason}", params, START_OVER)
