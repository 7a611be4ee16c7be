"""Where an entry that cannot go on ends kindly, and what can be done then."""

from dataclasses import dataclass, replace
from datetime import datetime

from domain.access.attempts import AttemptOver
from domain.access.outcomes import BarredBy
from domain.access.restraint import TooManyCodes, TooManyFailures
from domain.cooperative import Cooperative
from handlers.entry.taps import START_OVER, WAYS_OUT, AskHelp, Forgot, StartOver
from handlers.kit.flow import Data, Go, Input, Leave, Outcome, Step
from handlers.kit.keypad import Cancel
from handlers.kit.screen import Rows, Screen

WELCOME, FORGOT, ASSISTANCE = Leave("welcome"), Leave("forgot"), Leave("assistance")
# What a member can do by themselves when they are stopped; the last rows of the screen.
_WAYS: dict[str, Rows] = {
    "pin_locked": WAYS_OUT,
    "reset": WAYS_OUT[:1],
    "blocked": WAYS_OUT[1:],
    "inactive": WAYS_OUT[1:],
    "cooling": WAYS_OUT[1:],
    "vouching": WAYS_OUT[1:],
}


def halt(reason: str) -> Go:
    """The end of this entry, with what to do next (`entry.stop.<reason>`)."""
    return Go("stop", {"reason": reason})


def barred(by: BarredBy, until: datetime | None) -> Go:
    """The end of an entry of somebody who may not enter, or not yet."""
    stop = halt(by.value)
    return Go(stop.step, stop.data | {"until": until.isoformat()}) if until else stop


def lead_out(given: Input) -> Outcome | None:
    """Where the buttons that leave an entry lead; None for anything else."""
    match given:
        case StartOver() | Cancel():
            return WELCOME
        case Forgot():
            return FORGOT
        case AskHelp():
            return ASSISTANCE
    return None


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
                return self._screen({"reason": "over"})

        async def answer(data: Data, given: Input) -> Outcome:
            away = lead_out(given)
            if away is not None:
                return away
            try:
                return await step.answer(data, given)
            except AttemptOver:
                return halt("over")
            except TooManyFailures:
                return halt("failures")
            except TooManyCodes:
                return halt("wrong_codes")

        return replace(step, show=show, answer=answer)

    async def _show_stop(self, data: Data) -> Screen:
        return self._screen(data)

    async def _take_stop(self, data: Data, given: Input) -> Outcome:
        return lead_out(given) or Go("stop", data)

    def _screen(self, data: Data) -> Screen:
        reason, who = data["reason"], self.cooperative
        params: dict[str, object] = {"phone": who.phone, "hours": who.hours}
        if "until" in data:
            params["until"] = datetime.fromisoformat(data["until"])
        rows = _WAYS.get(reason, ()) + START_OVER
        return Screen(f"entry.stop.{reason}", params, rows)
