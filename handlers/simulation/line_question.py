"""Which line: for what the credit is, or which CDAT."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from domain.products.lines import Line
from handlers.kit.callbacks import Callback
from handlers.kit.flow import Data, Go, Input, Outcome
from handlers.kit.navigation import footer
from handlers.kit.screen import Button, Phrase, Rows, Screen
from handlers.simulation.counters import Counter
from handlers.simulation.course import Course
from handlers.simulation.drafts import draft_of
from handlers.simulation.refusing import amount_refused

# Names up to this length fit a telephone's screen two a row.
NARROW = 20


@dataclass(frozen=True, slots=True)
class ChooseLine(Callback):
    prefix = "slin"
    line: str


@dataclass(frozen=True, slots=True)
class LineQuestion:
    course: Course[Counter]

    async def show(self, data: Data) -> Screen:
        """Every line with what it is for."""
        counter = await self.course.open()
        lines = counter.lines()
        key = f"simulation.{counter.product}.line"
        if not lines:
            return Screen(f"{key}.none", rows=footer())
        told = tuple(Phrase("simulation.line", {"name": x.name, "about": x.about}) for x in lines)
        return Screen(f"{key}.text", {"lines": told}, (*_rows(lines), *footer()))

    async def answer(self, data: Data, given: Input) -> Outcome:
        """The line; the other answers are kept as far as it allows them."""
        if isinstance(given, ChooseLine):
            return await self._choose(data, given.line)
        return await self.course.stray(data, given, "line", Phrase("simulation.unclear.button"))

    async def _choose(self, data: Data, line: str) -> Outcome:
        counter = await self.course.open()
        allowed = counter.amounts(line)
        if allowed.maximum is not None and allowed.maximum < allowed.minimum:
            return Go("line", data, amount_refused(allowed.minimum, allowed))
        return await self.course.onward(data, replace(draft_of(data), line=line))


def _rows(lines: Sequence[Line]) -> Rows:
    buttons = [Button("simulation.button.line", ChooseLine(x.id), {"name": x.name}) for x in lines]
    if any(len(line.name) > NARROW for line in lines):
        return tuple((button,) for button in buttons)
    return tuple(tuple(buttons[at : at + 2]) for at in range(0, len(buttons), 2))
