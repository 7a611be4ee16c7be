"""Help: what the bot does, how to leave, who answers at the cooperative."""

from dataclasses import dataclass

from domain.cooperative import Cooperative
from handlers.kit.flow import Data, Flow, Go, Input, Outcome, Step
from handlers.kit.navigation import footer
from handlers.kit.screen import Screen
from handlers.understand import wander


@dataclass(frozen=True, slots=True)
class HelpFlow:
    cooperative: Cooperative

    def flow(self) -> Flow:
        return Flow("help", version=1, first="help", steps={"help": Step(self.show, self.answer)})

    async def show(self, data: Data) -> Screen:
        """The one help screen, for anyone."""
        who = self.cooperative
        params = {"phone": who.phone, "hours": who.hours, "email": who.email, "city": who.city}
        return Screen("help.text", params | {"address": who.address}, footer())

    async def answer(self, data: Data, given: Input) -> Outcome:
        """Away to the menu or to what the words name."""
        return wander(given) or Go("help")
