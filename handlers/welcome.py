"""The greeting, and the authorisation to process personal data (Ley 1581 of 2012)."""

from dataclasses import dataclass

from domain.access.consent import Authorisation
from domain.conversation import Visit
from domain.cooperative import Cooperative
from handlers.kit.callbacks import Callback
from handlers.kit.flow import Data, Flow, Forget, Go, Input, Leave, Outcome, Step
from handlers.kit.screen import Button, Params, Phrase, Screen
from handlers.kit.texts import html

ENTRY = "entry"
AUTHORISATION = "welcome.authorisation.text"


@dataclass(frozen=True, slots=True)
class Begin(Callback):
    prefix = "wbe"


@dataclass(frozen=True, slots=True)
class Authorise(Callback):
    prefix = "way"


@dataclass(frozen=True, slots=True)
class Decline(Callback):
    prefix = "wan"


@dataclass(frozen=True, slots=True)
class WelcomeFlow:
    visit: Visit
    authorisation: Authorisation
    cooperative: Cooperative

    def flow(self) -> Flow:
        return Flow(
            "welcome",
            version=1,
            first="greeting",
            steps={
                "greeting": Step(self.show_greeting, self.take_greeting),
                "authorisation": Step(self.show_authorisation, self.take_authorisation),
            },
        )

    async def show_greeting(self, data: Data) -> Screen:
        begin = Button("welcome.greeting.begin", Begin())
        return Screen("welcome.greeting.text", {"cooperative": self.cooperative.name}, ((begin,),))

    async def take_greeting(self, data: Data, given: Input) -> Outcome:
        """On to the authorisation, or past it when this account gave the current one."""
        if not isinstance(given, Begin):
            return Go("greeting")
        version = self.cooperative.data_processing.version
        if await self.authorisation.given(self.visit, version):
            return Leave(ENTRY)
        return Go("authorisation")

    async def show_authorisation(self, data: Data) -> Screen:
        rows = (
            (Button("welcome.authorisation.yes", Authorise()),),
            (Button("welcome.authorisation.no", Decline()),),
        )
        return Screen(AUTHORISATION, self._terms(), rows)

    async def take_authorisation(self, data: Data, given: Input) -> Outcome:
        """A yes is kept with its proof; a no leaves nothing."""
        match given:
            case Authorise():
                text = html(AUTHORISATION, self._terms())
                version = self.cooperative.data_processing.version
                await self.authorisation.give(self.visit, version, text)
                return Leave(ENTRY)
            case Decline():
                return Forget(Screen("welcome.farewell", self._contact()))
        return Go("authorisation", notice=Phrase("welcome.authorisation.choose"))

    def _terms(self) -> Params:
        terms = self.cooperative.data_processing
        return {
            "cooperative": self.cooperative.name,
            "nit": self.cooperative.nit,
            "policy": terms.policy_address,
            "contact": terms.contact,
            "version": terms.version,
        }

    def _contact(self) -> Params:
        return {"phone": self.cooperative.phone, "hours": self.cooperative.hours}
