"""What the cooperative asks for: the line's own text."""

from dataclasses import dataclass

from handlers.kit.flow import Data, Go, Input, Outcome
from handlers.kit.navigation import footer
from handlers.kit.screen import Phrase, Screen
from handlers.simulation.counters import Counter
from handlers.simulation.course import Course, stray
from handlers.simulation.drafts import draft_of


@dataclass(frozen=True, slots=True)
class RequirementsStep:
    """`back`: the step that it was asked from."""

    course: Course[Counter]
    back: str

    async def show(self, data: Data) -> Screen:
        """The requirements, a line for each."""
        line = (await self.course.open()).line(draft_of(data).line or "")
        asked = filter(None, map(str.strip, line.requirements.splitlines()))
        each = tuple(Phrase("simulation.requirement", {"text": text}) for text in asked)
        params = {"line": line.name, "requirements": each}
        return Screen("simulation.requirements", params, footer())

    async def answer(self, data: Data, given: Input) -> Outcome:
        """Back to where it was asked from."""
        here, back = Go("requirements", data), Go(self.back, data)
        return stray(given, here, back, Phrase("simulation.unclear.button"))
