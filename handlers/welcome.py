"""The greeting, the ways in and out, and the authorisation to process personal data (Ley 1581)."""

from dataclasses import dataclass

from domain.access.consent import Authorisation
from domain.access.report_robbery import ReportRobbery
from domain.clock import local_date
from domain.conversation import Visit
from domain.cooperative import Cooperative
from domain.leads.withdrawing import WithdrawLeads
from domain.staff.people import Employees
from handlers.authorisation import authorisation_of
from handlers.kit.callbacks import Callback
from handlers.kit.flow import Data, Flow, Forget, Go, Input, Leave, Outcome, Step
from handlers.kit.screen import Button, Params, Phrase, Rows, Screen
from handlers.kit.texts import html
from handlers.robbery.buttons import BlockNow
from handlers.tips import tip_of
from handlers.understand import FUNCTIONS, function_named

ENTRY = "entry"
# What can be asked for before entering, once the authorisation is given.
ONWARD = (ENTRY, "forgot", "assistance")
# What anyone may ask for.
OPEN = ("robbery", "simulators", "credit_simulation", "cdat_simulation", "lending")


@dataclass(frozen=True, slots=True)
class Begin(Callback):
    prefix = "wbe"
    onward: str


@dataclass(frozen=True, slots=True)
class Simulate(Callback):
    prefix = "wsi"


@dataclass(frozen=True, slots=True)
class Authorise(Callback):
    prefix = "way"


@dataclass(frozen=True, slots=True)
class Decline(Callback):
    prefix = "wan"


@dataclass(frozen=True, slots=True)
class BeginWork(Callback):
    prefix = "wst"


@dataclass(frozen=True, slots=True)
class WelcomeFlow:
    visit: Visit
    authorisation: Authorisation
    robbery: ReportRobbery
    leads: WithdrawLeads
    employees: Employees
    cooperative: Cooperative

    def flow(self) -> Flow:
        return Flow(
            "welcome",
            version=2,
            first="greeting",
            steps={
                "greeting": Step(self.show_greeting, self.take_greeting),
                "authorisation": Step(self.show_authorisation, self.take_authorisation),
            },
        )

    async def show_greeting(self, data: Data) -> Screen:
        """The ways in; in a member's own chat, one tap bars their access."""
        employee = await self.employees.at_account(self.visit.telegram_id)
        own = await self.robbery.is_own(self.visit)
        label = "welcome.greeting.robbed_here" if own else "welcome.greeting.robbed"
        rows: Rows = (
            *((Button(f"welcome.greeting.{name}", Begin(name)),) for name in ONWARD),
            (Button("welcome.greeting.simulators", Simulate()),),
            (Button(label, BlockNow()),),
            *(((Button("welcome.greeting.staff", BeginWork()),),) if employee else ()),
        )
        tip = tip_of(local_date(self.visit.now)) if data.get("ended") == "left" else None
        params: Params = {"cooperative": self.cooperative.name}
        if tip is None:
            return Screen("welcome.greeting.text", params, rows)
        greeting = Phrase("welcome.greeting.text", params)
        return Screen("welcome.with_tip", {"greeting": greeting, "tip": tip}, rows)

    async def take_greeting(self, data: Data, given: Input) -> Outcome:
        """On to what was asked for, past the authorisation when this account gave it."""
        match given:
            case Begin(onward) if onward in ONWARD:
                return await self._begin(onward)
            case Simulate():
                return Leave("simulators")
            case BeginWork():
                return Leave("staff_entry")
            case str():
                return await self._understood(given)
        return Go("greeting", data)

    async def show_authorisation(self, data: Data) -> Screen:
        rows = (
            (Button("welcome.authorisation.yes", Authorise()),),
            (Button("welcome.authorisation.no", Decline()),),
        )
        asked = authorisation_of(self.cooperative)
        return Screen(asked.key, asked.params, rows)

    async def take_authorisation(self, data: Data, given: Input) -> Outcome:
        """A yes is kept with its proof; a no leaves nothing."""
        match given:
            case Authorise():
                asked = authorisation_of(self.cooperative)
                version = self.cooperative.data_processing.version
                await self.authorisation.give(self.visit, version, html(asked.key, asked.params))
                return Leave(data.get("onward", ENTRY))
            case Decline():
                await self.leads.withdraw(self.visit.chat_id, self.visit.now)
                return Forget(Screen("welcome.farewell", self._contact()))
        return Go("authorisation", data, Phrase("welcome.authorisation.choose"))

    async def _begin(self, onward: str) -> Outcome:
        version = self.cooperative.data_processing.version
        if await self.authorisation.given(self.visit, version):
            return Leave(onward)
        return Go("authorisation", {"onward": onward})

    async def _understood(self, said: str) -> Outcome:
        """What can be asked for with words before entering."""
        name = function_named(said)
        if name in OPEN:
            return FUNCTIONS[name]
        return await self._begin(name) if name in ONWARD else Go("greeting")

    def _contact(self) -> Params:
        return {"phone": self.cooperative.phone, "hours": self.cooperative.hours}
