"""The one-time code, and what to do when it does not come."""

from dataclasses import dataclass

from domain.access.check_code import CheckCode
from domain.access.outcomes import Barred, ChoosePin, Entered, WrongCode
from domain.access.request_code import Destination, RequestCode
from domain.access.totp import read_app_code
from domain.conversation import Visit
from domain.cooperative import Cooperative
from handlers.entry.guard import barred
from handlers.entry.taps import CANCEL, START_OVER, WAYS_OUT
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
        if to.app:
            useless = ((Button("entry.code.useless", NoCode()),),)
            return Screen("entry.code.app", rows=useless + WAYS_OUT[1:] + CANCEL)
        if to.known and to.email is None:
            return Screen("entry.code.no_address", self._contact, WAYS_OUT[1:] + START_OVER)
        params = {"destination": _told(to), "minutes": self._minutes}
        missing = ((Button("entry.code.missing", NoCode()),),)
        return Screen("entry.code.text", params, missing + CANCEL)

    async def answer(self, data: Data, given: Input) -> Outcome:
        """The code, in digits; or the way to help."""
        if not isinstance(given, str):
            return Go("help" if isinstance(given, NoCode) else "code", data)
        code = read_app_code(given)
        if code is None:
            return Go("code", data, Phrase("entry.code.malformed"))
        match await self.proofs.check(self.visit, data["attempt"], code):
            case Entered(session, pin_is_old):
                return SignIn(session, Phrase("security.pin_is_old") if pin_is_old else None)
            case ChoosePin():
                return Go("new_pin", data | blank())
            case Barred(by, until):
                return barred(by, until)
            case WrongCode() as wrong:
                return Go("code", data, await self._wrong(data, wrong))

    async def show_help(self, data: Data) -> Screen:
        """What to check and who to ask."""
        to = await self.codes.destination(self.visit, data["attempt"])
        who, again = self.cooperative, "again_app" if to.app else "resend"
        params: dict[str, object] = {"email": who.email} | self._contact
        rows = (
            (Button(f"entry.help.{again}", Resend()),),
            (Button("entry.help.back", TypeIt()),),
        )
        if to.app:
            params["short_name"] = who.short_name
            return Screen("entry.help.app", params, rows + WAYS_OUT[1:] + START_OVER)
        params["destination"] = _told(to)
        return Screen("entry.help.text", params, rows + WAYS_OUT + START_OVER)

    async def take_help(self, data: Data, given: Input) -> Outcome:
        """Another code within the limit, or back to typing it; a typed code is taken here too."""
        match given:
            case Resend():
                return Go("code", data, await self._again(data))
            case TypeIt():
                return Go("code", data)
            case str():
                return await self.answer(data, given)
        return Go("help", data)

    async def _again(self, data: Data) -> Phrase:
        """Another code, or new tries for those of the app, within the limit."""
        if not await self.codes.request(self.visit, data["attempt"]):
            return Phrase("entry.help.limit")
        return Phrase("entry.help.sent_app" if await self._with_app(data) else "entry.help.sent")

    async def _wrong(self, data: Data, wrong: WrongCode) -> Phrase:
        said = wrong_code(wrong)
        dead = said.key == "entry.code.dead" and await self._with_app(data)
        return Phrase("entry.code.dead_app") if dead else said

    async def _with_app(self, data: Data) -> bool:
        return (await self.codes.destination(self.visit, data["attempt"])).app

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


def wrong_code(wrong: WrongCode) -> Phrase:
    """What is said of a code that does not match."""
    if wrong.reused:
        return Phrase("entry.code.reused")
    if wrong.exhausted:
        return Phrase("entry.code.exhausted")
    if not wrong.tries_left:
        return Phrase("entry.code.dead")
    return Phrase(plural("entry.code.wrong", wrong.tries_left), {"left": wrong.tries_left})
