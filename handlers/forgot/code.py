"""The code that a forgotten PIN needs; whoever may not choose a new one is told by e-mail."""

from collections.abc import Callable
from dataclasses import dataclass

from domain.access.codes import read_code
from domain.access.outcomes import WrongCode
from domain.access.request_code import RequestCode
from domain.access.reset_pin import CheckResetCode, Proven
from domain.conversation import Visit
from domain.cooperative import Cooperative
from handlers.entry.code import wrong_code
from handlers.entry.taps import CANCEL, WAYS_OUT
from handlers.kit.callbacks import Callback
from handlers.kit.flow import Data, Go, Input, Outcome
from handlers.kit.screen import Button, Phrase, Screen


@dataclass(frozen=True, slots=True)
class Another(Callback):
    prefix = "fca"


@dataclass(frozen=True, slots=True)
class ForgotCodeStep:
    """`onward`: what follows; its argument tells whether a second proof is needed."""

    visit: Visit
    codes: RequestCode
    proofs: CheckResetCode
    cooperative: Cooperative
    onward: Callable[[Data, bool], Outcome]

    async def show(self, data: Data) -> Screen:
        """Where the code went, and what to do when it does not come."""
        to = await self.codes.destination(self.visit, data["attempt"])
        told = Phrase("entry.destination.untold_reset")
        if to.email is not None:
            told = Phrase("entry.destination.known", {"email": to.email})
        minutes = int(self.cooperative.policies.code_life.total_seconds() // 60)
        rows = ((Button("entry.help.resend", Another()),),)
        params = {"destination": told, "minutes": minutes}
        return Screen("forgot.code.text", params, rows + WAYS_OUT[1:] + CANCEL)

    async def answer(self, data: Data, given: Input) -> Outcome:
        """The code, in digits; or another one within the limit."""
        if isinstance(given, Another):
            sent = await self.codes.request(self.visit, data["attempt"])
            told = Phrase("forgot.code.sent" if sent else "entry.help.limit")
            return Go("code", data, told, once=True)
        if not isinstance(given, str):
            return Go("code", data)
        code = read_code(given)
        if code is None:
            return Go("code", data, Phrase("forgot.code.malformed"))
        match await self.proofs.check(self.visit, data["attempt"], code):
            case Proven(vouched):
                return self.onward(data, not vouched)
            case WrongCode(left) as wrong:
                return Go("code", data, wrong_code(wrong) if left else Phrase("forgot.code.dead"))
