"""The screen "Seguridad": how the access stands, what can be done about it, and advice."""

from dataclasses import dataclass

from domain.access.applicants import Applicant, Applicants
from domain.access.privacy import Privacy
from domain.conversation import Visit
from handlers.kit.callbacks import Callback
from handlers.kit.flow import Access, Data, Flow, Go, Input, Leave, Outcome, Step
from handlers.kit.membership import member_of
from handlers.kit.navigation import footer
from handlers.kit.screen import Button, Phrase, Rows, Screen
from handlers.robbery.buttons import BlockNow
from handlers.security.guard import SECURITY
from handlers.security.log import log_screen
from handlers.tips import TIPS
from handlers.understand import wander

FLOWS = ("pin", "authenticator", "devices", "privacy")
OFFERED = ("pin", "authenticator", "devices", "log", "privacy", "advice")


@dataclass(frozen=True, slots=True)
class Open(Callback):
    """One of FLOWS, or the step `log` or `advice`."""

    prefix = "sho"
    what: str


@dataclass(frozen=True, slots=True)
class SecurityFlow:
    visit: Visit
    applicants: Applicants
    privacy: Privacy

    def flow(self) -> Flow:
        steps = {
            "home": Step(self.show_home, self.take_home),
            "log": Step(self.show_log, self.take_log),
            "advice": Step(self.show_advice, self.take_advice),
        }
        return Flow("security", version=1, first="home", steps=steps, access=Access.MEMBER)

    async def show_home(self, data: Data) -> Screen:
        """Since when the PIN is the same, what the second proof is, and the ways to change it."""
        who = await self.applicants.by_id(member_of(self.visit))
        block = ((Button("robbery.block", BlockNow()),),)
        rows: Rows = (*((_opens(what),) for what in OFFERED), *block)
        params = {"pin": _pin(who), "second": _second(who)}
        return Screen("security.home.text", params, (*rows, *footer()))

    async def take_home(self, data: Data, given: Input) -> Outcome:
        if isinstance(given, Open) and given.what in FLOWS:
            return Leave(given.what)
        if isinstance(given, Open) and given.what in ("log", "advice"):
            return Go(given.what)
        return wander(given) or Go("home")

    async def show_log(self, data: Data) -> Screen:
        return log_screen(await self.privacy.last_entries(self.visit))

    async def take_log(self, data: Data, given: Input) -> Outcome:
        return wander(given, SECURITY) or Go("log")

    async def show_advice(self, data: Data) -> Screen:
        tips = tuple(Phrase("security.advice.line", {"tip": _tip(name)}) for name in TIPS)
        return Screen("security.advice.text", {"tips": tips}, footer())

    async def take_advice(self, data: Data, given: Input) -> Outcome:
        return wander(given, SECURITY) or Go("advice")


def _opens(what: str) -> Button:
    return Button(f"security.home.{what}", Open(what))


def _tip(name: str) -> Phrase:
    return Phrase(f"security.tip.{name}")


def _pin(who: Applicant | None) -> Phrase:
    if who is None or who.pin_set_at is None:
        return Phrase("security.home.pin_of_old")
    return Phrase("security.home.pin_since", {"since": who.pin_set_at})


def _second(who: Applicant | None) -> Phrase:
    with_app = who is not None and who.authenticator
    return Phrase("security.home.by_app" if with_app else "security.home.by_mail")
