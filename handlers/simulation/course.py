"""The way through the questions: to the next one that is open, and to the result."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from itertools import takewhile
from typing import ClassVar, Final, Generic, Protocol, TypeVar

from domain.leads.lead import Product
from domain.products.refusals import Refusal
from handlers.kit.callbacks import Callback
from handlers.kit.flow import Data, Go, Input, Outcome, Step
from handlers.kit.navigation import MENU, footer
from handlers.kit.screen import Button, Phrase, Screen
from handlers.simulation.counters import Counter
from handlers.simulation.drafts import Draft, draft_of, with_draft
from handlers.simulation.refusing import Report, place, reason, report_ours
from handlers.understand import LOST, understand, wander

C = TypeVar("C", bound=Counter, covariant=True)
Show = Callable[[Data], Awaitable[Screen]]
Answer = Callable[[Data, Input], Awaitable[Outcome]]


class Part(Protocol):
    """A step's two halves."""

    @property
    def show(self) -> Show: ...

    @property
    def answer(self) -> Answer: ...


# `changing`: one answer of a finished simulation is given anew; `first`: the draft that this one
# is compared with; `aim` is "payment" for those who ask how much they are lent. What else is kept
# belongs to one result only.
CHANGING: Final = "changing"
FIRST: Final = "first"
AIM: Final = "aim"
_KEPT = (CHANGING, FIRST, AIM)


@dataclass(frozen=True, slots=True)
class StartOver(Callback):
    prefix: ClassVar[str] = "sovr"


@dataclass(frozen=True, slots=True)
class Course(Generic[C]):
    """`open` takes the visitor or member to the counter, with what they have on file."""

    product: Product
    open: Callable[[], Awaitable[C]]
    report: Report

    def steps(self, parts: Mapping[str, Part]) -> dict[str, Step]:
        """All of them as steps, by the same names."""
        return {name: self.step(part.show, part.answer) for name, part in parts.items()}

    def step(self, show: Show, answer: Answer) -> Step:
        """A step that may raise a Refusal: it is said, with a way on."""

        async def shown(data: Data) -> Screen:
            try:
                return await show(data)
            except Refusal as refusal:
                report_ours(refusal, self.report)
                over = ((Button("simulation.button.start_over", StartOver()),), *footer())
                return Screen("simulation.problem", {"why": reason(refusal, self.product)}, over)

        async def answered(data: Data, given: Input) -> Outcome:
            if isinstance(given, StartOver):
                return Go("line")
            try:
                return await answer(data, given)
            except Refusal as refusal:
                return self.refused(refusal, data)

        return Step(shown, answered)

    async def onward(self, data: Data, draft: Draft, notice: Phrase | None = None) -> Go:
        """To the first question without an answer, to the one to be answered anew, or to the
        result."""
        counter = await self.open()
        kept = {name: data[name] for name in _KEPT if name in data}
        try:
            draft = counter.settled(draft)
            missing = [name for name in counter.questions if not draft.knows(name)]
            if missing:
                by_payment = kept.get(AIM) == "payment" and counter.by_payment(draft)
                first = "payment" if missing[0] == "amount" and by_payment else missing[0]
                return Go(first, with_draft(kept, draft), notice)
            counter.check(draft)
        except Refusal as refusal:
            return self.refused(refusal, with_draft(kept, draft))
        return Go(landing(kept), finished(with_draft(kept, draft)), notice)

    def refused(self, refusal: Refusal, data: Data) -> Go:
        """To the question where it can be put right, all answers kept."""
        report_ours(refusal, self.report)
        return Go(place(refusal, self.product), data, reason(refusal, self.product))

    async def back(self, step: str, data: Data) -> Outcome:
        """To the question before, or to the choice of what to change."""
        if data.get(CHANGING):
            return Go("change", finished(data))
        asked = open_questions(await self.open(), draft_of(data))
        before = list(takewhile(lambda name: name != step, asked))
        return Go(before[-1], data) if before else MENU

    async def stray(self, data: Data, given: Input, step: str, unclear: Phrase) -> Outcome:
        """Where words or buttons lead that are no answer to the question."""
        return stray(given, Go(step, data), await self.back(step, data), unclear)


def stray(given: Input, here: Go, back: Outcome, unclear: Phrase) -> Outcome:
    """Where words or buttons lead that are no answer; nothing is lost by words that are not
    understood."""
    if isinstance(given, str) and understand(given) is LOST:
        return replace(here, notice=unclear)
    return wander(given, back) or here


def landing(data: Data) -> str:
    """Where a finished draft is shown: alone, or beside the one it is compared with."""
    return "compare" if FIRST in data else "result"


def finished(data: Data) -> Data:
    """The data when no answer is being changed any more."""
    return {name: value for name, value in data.items() if name != CHANGING}


def open_questions(counter: Counter, draft: Draft) -> list[str]:
    """The questions of that draft that have more than one answer."""
    return [name for name in counter.questions if not _forced(counter, draft, name)]


def _forced(counter: Counter, draft: Draft, question: str) -> bool:
    if question == "amount":
        return False
    return counter.settled(replace(draft, **{question: None})).knows(question)
