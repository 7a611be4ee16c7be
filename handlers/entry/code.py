"""The one-time code, and what to do when it does not come."""

from dataclasses import dataclass

from domain.access.check_code import CheckCode
from domain.access.codes import read_code
from domain.access.outcomes import Barred, ChoosePin, Entered, WrongCode
from domain.access.request_code import Destination, RequestCode
from domain.conversation import Visit
from domain.cooperative import Cooperative
from handlers.entry.guard import halt
from handlers.entry.taps import CANCEL, START_OVER
from handlers.kit.callbacks import Callback
from handlers.kit.flow import Data, Go, Input, Outcome, SignIn
from handlers.kit.keypad import blank
from handlers.kit.screen import Button, Phrase, Screen
from handlers.kit.texts import plural


@dataclass(frozen=True, slots=True)
class NoCode(Callback):
    prefix = "ecn"


@dataclass(frozen=True, slots=True)
class Resend(Callback):
    prefix = "ecr"


@dataclass(frozen=True, slots=True)
class TypeIt(Callback):
    prefix = "ect"


@dataclass(frozen=True, slots=True)
class CodeSteps:
    visit: Visit
    codes: RequestCode
    proofs: CheckCode
    cooperative: Cooperative

    async def show(self, data: Data) -> Screen:
        """Where the code went and what to do with it; who has no address is not asked for it."""
        to = await self.codes.destination(self.visit, data["attempt"])
        if to.known and to.email is None:
            return Screen("entry.code.no_address", self._contact, START_OVER)
        rows = ((Button("entry.code.missing", NoCode()),),)
        params = {"destination": _told(to), "minutes": self._minutes}
        return Screen("entry.code.text", params, rows + CANCEL)

    async def answer(self, data: Data, given: Input) -> Outcome:
        """The code, in digits; or the way to help."""
        if not isinstance(given, str):
            return Go("help" if isinstance(given, NoCode) else "code", data)
        code = read_code(given)
        if code is None:
            return Go("code", data, Phrase("entry.code.malformed"))
        match await self.proofs.check(self.visit, data["attempt"], code):
            case Entered(session):
                return SignIn(session)
            case ChoosePin():
                return Go("new_pin", data | blank())
            case Barred(by):
                return halt(by.value)
            case WrongCode(left):
                return Go("code", data, _wrong(left))

    async def show_help(self, data: Data) -> Screen:
        """What to check and who to ask."""
        to = await self.codes.destination(self.visit, data["attempt"])
        params = {"destination": _told(to), "email": self.cooperative.email} | self._contact
        rows = (
            (Button("entry.help.resend", Resend()),),
            (Button("entry.help.back", TypeIt()),),
        )
        return Screen("entry.help.text", params, rows + START_OVER)

    async def take_help(self, data: Data, given: Input) -> Outcome:
        """Another code within the limit, or back to typing it; a typed code is taken here too."""
        match given:
            case Resend():
                sent = await self.codes.request(self.visit, data["attempt"])
                return Go("code", data, Phrase("entry.help.sent" if sent else "entry.help.limit"))
            case TypeIt():
                return Go("code", data)
            case str():
                return await self.answer(data, given)
        return Go("help", data)

    @property
    def _minutes(self) -> int:
        return int(self.cooperative.policies.code_life.total_seconds() // 60)

    @property
    def _contact(self) -> dict[str, object]:
        return {"phone": self.cooperative.phone, "hours": self.cooperative.hours}


def _told(to: Destination) -> Phrase:
    """What this chat may know of where the code went."""
    if to.email is None:
        return Phrase("entry.destination.untold")
    return Phrase("entry.destination.known", {"email": to.email})


def _wrong(left: int) -> Phrase:
    if not left:
        return Phrase("entry.code.dead")
    return Phrase(plural("entry.code.wrong", left), {"left": left})
