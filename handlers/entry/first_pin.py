"""The first entry's end: a PIN of one's own."""

from dataclasses import dataclass

from domain.access.choose_pin import ChooseFirstPin
from domain.access.outcomes import Barred, Entered
from domain.access.pin_rules import Weakness
from domain.access.shuffle import Shuffle
from domain.conversation import Visit
from handlers.entry.guard import barred
from handlers.entry.new_pin import NewPinSteps
from handlers.kit.flow import Data, Outcome, SignIn, Step
from handlers.kit.screen import Phrase


@dataclass(frozen=True, slots=True)
class FirstPinSteps:
    visit: Visit
    pins: ChooseFirstPin
    shuffle: Shuffle

    def steps(self) -> dict[str, Step]:
        """The steps `new_pin` and `repeat_pin`."""
        choosing = NewPinSteps(self.shuffle, "entry.first.choose", self._weakness, self._keep)
        return choosing.steps()

    async def _weakness(self, data: Data, pin: str) -> Weakness | None:
        return await self.pins.weakness(self.visit, data["attempt"], pin)

    async def _keep(self, data: Data, pin: str) -> Outcome | Weakness:
        """The member is in."""
        match await self.pins.choose(self.visit, data["attempt"], pin):
            case Entered(session):
                return SignIn(session, Phrase("entry.first.done"))
            case Barred(by, until):
                return barred(by, until)
            case Weakness() as weak:
                return weak
