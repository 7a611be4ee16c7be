"""The second proof: one's own contact, whose number is on file, or the authenticator."""

from collections.abc import Callable
from dataclasses import dataclass

from domain.access.reset_pin import NotVouched, SecondProof, Vouched
from domain.access.totp import read_app_code
from domain.conversation import Visit
from handlers.entry.taps import CANCEL, WAYS_OUT
from handlers.kit.flow import Contact, Data, Go, Input, Outcome
from handlers.kit.screen import Phrase, Screen
from handlers.kit.texts import plural


@dataclass(frozen=True, slots=True)
class SecondProofStep:
    visit: Visit
    proof: SecondProof
    onward: Callable[[Data], Outcome]

    async def show(self, data: Data) -> Screen:
        """The key that shares the contact; a code of the app is typed."""
        rows = WAYS_OUT[1:] + CANCEL
        return Screen("forgot.second.text", rows=rows, share="forgot.second.share")

    async def answer(self, data: Data, given: Input) -> Outcome:
        """The contact or the code, three tries of both together."""
        match given:
            case Contact(owner, phone):
                return await self._by_contact(data, owner, phone)
            case str():
                return await self._by_app(data, given)
        return Go("second", data)

    async def _by_contact(self, data: Data, owner: int | None, phone: str) -> Outcome:
        if owner != self.visit.telegram_id:
            return Go("second", data, Phrase("forgot.second.not_own"))
        result = await self.proof.by_contact(self.visit, data["attempt"], owner, phone)
        return self._judged(data, result, "forgot.second.other_number")

    async def _by_app(self, data: Data, typed: str) -> Outcome:
        code = read_app_code(typed)
        if code is None:
            return Go("second", data, Phrase("forgot.second.malformed"))
        result = await self.proof.by_app(self.visit, data["attempt"], code)
        return self._judged(data, result, "forgot.second.wrong_code")

    def _judged(self, data: Data, result: Vouched | NotVouched, why: str) -> Outcome:
        match result:
            case Vouched():
                return self.onward(data)
            case NotVouched(tries_left=0):
                return Go("stop", data | {"reason": "vouching"})
            case NotVouched(reused=True):
                return Go("second", data, Phrase("entry.code.reused"))
            case NotVouched(left):
                return Go("second", data, Phrase(plural(why, left), {"left": left}))
