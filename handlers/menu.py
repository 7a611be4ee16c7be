"""The menu: the home of every member who has entered."""

from dataclasses import dataclass

from domain.conversation import Visit
from domain.greetings import Greeting, Greetings
from handlers.kit.callbacks import Callback
from handlers.kit.flow import Access, Data, Flow, Go, Input, Outcome, Step
from handlers.kit.membership import member_of, session_of
from handlers.kit.screen import Button, Phrase, Screen
from handlers.understand import FUNCTIONS, wander

OFFERED = (
    "statement",
    "print",
    "certificates",
    "credit_simulation",
    "cdat_simulation",
    "profile",
    "notifications",
    "security",
    "help",
    "leave",
)


@dataclass(frozen=True, slots=True)
class Choose(Callback):
    prefix = "mnu"
    function: str


@dataclass(frozen=True, slots=True)
class MenuFlow:
    visit: Visit
    greetings: Greetings

    def flow(self) -> Flow:
        return Flow(
            "menu",
            version=1,
            first="menu",
            steps={"menu": Step(self.show, self.answer)},
            access=Access.MEMBER,
        )

    async def show(self, data: Data) -> Screen:
        """The greeting and what can be done."""
        member_id, session = member_of(self.visit), session_of(self.visit)
        greeting = await self.greetings.greeting(member_id, session.id)
        entry = _entry(greeting)
        rows = tuple((Button(f"menu.button.{name}", Choose(name)),) for name in OFFERED)
        return Screen("menu.hello", {"name": greeting.name, "entry": entry}, rows)

    async def answer(self, data: Data, given: Input) -> Outcome:
        """The function of the button or of the words."""
        if isinstance(given, Choose) and given.function in OFFERED:
            return FUNCTIONS[given.function]
        return wander(given) or Go("menu")


def _entry(greeting: Greeting) -> Phrase:
    if greeting.previous_entry is None:
        return Phrase("menu.entry.first")
    return Phrase("menu.entry.again", {"moment": greeting.previous_entry})
