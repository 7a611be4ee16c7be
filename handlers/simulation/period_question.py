"""How often: a credit is paid, or a CDAT pays its interest."""

from dataclasses import dataclass, replace

from domain.finance.periods import Period
from handlers.kit.callbacks import Callback
from handlers.kit.flow import Data, Input, Outcome
from handlers.kit.navigation import footer
from handlers.kit.screen import Button, Phrase, Screen
from handlers.simulation.counters import Counter
from handlers.simulation.course import Course
from handlers.simulation.drafts import draft_of


@dataclass(frozen=True, slots=True)
class ChoosePeriod(Callback):
    prefix = "sprp"
    period: str


@dataclass(frozen=True, slots=True)
class PeriodQuestion:
    course: Course[Counter]

    async def show(self, data: Data) -> Screen:
        """The periods of the line; of a CDAT those that its term is a whole number of."""
        counter = await self.course.open()
        offered = counter.periods(draft_of(data))
        rows = tuple((_button(period),) for period in offered)
        return Screen(f"simulation.{counter.product}.period", rows=(*rows, *footer()))

    async def answer(self, data: Data, given: Input) -> Outcome:
        """The period."""
        if isinstance(given, ChoosePeriod) and given.period in list(Period):
            taken = replace(draft_of(data), period=Period(given.period))
            return await self.course.onward(data, taken)
        return await self.course.stray(data, given, "period", Phrase("simulation.unclear.button"))


def _button(period: Period) -> Button:
    label = Phrase(f"simulation.every.{period}")
    return Button("simulation.button.period", ChoosePeriod(period.value), {"period": label})
