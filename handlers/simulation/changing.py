"""Another answer to one question, without starting again."""

from dataclasses import dataclass, replace

from domain.finance.loans import System
from handlers.kit.callbacks import Callback
from handlers.kit.flow import Data, Go, Input, Outcome
from handlers.kit.navigation import footer
from handlers.kit.screen import Button, Phrase, Screen
from handlers.simulation.counters import Counter, CreditCounter
from handlers.simulation.course import CHANGING, FIRST, Course, landing, open_questions, stray
from handlers.simulation.drafts import DRAFT, draft_of


@dataclass(frozen=True, slots=True)
class Change(Callback):
    prefix = "schg"
    question: str


@dataclass(frozen=True, slots=True)
class ChooseSystem(Callback):
    prefix = "ssys"
    system: str


@dataclass(frozen=True, slots=True)
class ChangeStep:
    """`data` has `first` when the changed simulation is to be compared with that one."""

    course: Course[Counter]

    async def show(self, data: Data) -> Screen:
        """A button for each question that has more than one answer."""
        key = "compare" if FIRST in data else "text"
        rows = tuple((_button(self.course.product, each),) for each in await self._open(data))
        return Screen(f"simulation.change.{key}", rows=(*rows, *footer()))

    async def answer(self, data: Data, given: Input) -> Outcome:
        """To that question."""
        if isinstance(given, Change) and given.question in await self._open(data):
            by_payment = given.question == "amount" and draft_of(data).payment is not None
            asked = "payment" if by_payment else given.question
            return Go(asked, data | {CHANGING: True})
        back = _uncompared(data) if data.get(FIRST) == data.get(DRAFT) else Go(landing(data), data)
        return stray(given, Go("change", data), back, Phrase("simulation.unclear.button"))

    async def _open(self, data: Data) -> list[str]:
        return open_questions(await self.course.open(), draft_of(data))


@dataclass(frozen=True, slots=True)
class SystemStep:
    """How the principal is paid back, where the line leaves the choice."""

    course: Course[CreditCounter]

    async def show(self, data: Data) -> Screen:
        counter = await self.course.open()
        line = counter.line(draft_of(data).line or "")
        buttons = (Button(f"simulation.system.{s}", ChooseSystem(s.value)) for s in line.systems)
        told = tuple(Phrase(f"simulation.system.about.{s}") for s in line.systems)
        rows = (*((button,) for button in buttons), *footer())
        return Screen("simulation.system.text", {"systems": told}, rows)

    async def answer(self, data: Data, given: Input) -> Outcome:
        """That system for the amount that is on the screen."""
        if isinstance(given, ChooseSystem) and given.system in list(System):
            counter, draft = await self.course.open(), draft_of(data)
            amount = counter.quote(draft).request.amount
            chosen = replace(draft, system=System(given.system), amount=amount, payment=None)
            return await self.course.onward(data, chosen)
        unclear = Phrase("simulation.unclear.button")
        return stray(given, Go("system", data), Go("more", data), unclear)


def _button(product: str, question: str) -> Button:
    return Button(f"simulation.{product}.change.{question}", Change(question))


def _uncompared(data: Data) -> Go:
    return Go("result", {name: value for name, value in data.items() if name != FIRST})
