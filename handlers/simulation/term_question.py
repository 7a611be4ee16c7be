"""For how long: a button, or typed in months, years or days."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from domain.finance.cdats import DayBase
from domain.leads.lead import Product
from domain.products.lines import CdatLine, Line
from handlers.kit.callbacks import Callback
from handlers.kit.flow import Data, Input, Outcome
from handlers.kit.lengths import UnclearLength, Unit, parse_length
from handlers.kit.navigation import footer
from handlers.kit.screen import Button, Phrase, Screen
from handlers.simulation.counters import Counter
from handlers.simulation.course import Course
from handlers.simulation.drafts import Draft, draft_of
from handlers.simulation.wording import term_phrase, terms_phrase


@dataclass(frozen=True, slots=True)
class SetTerm(Callback):
    prefix = "strm"
    term: int


@dataclass(frozen=True, slots=True)
class TermQuestion:
    course: Course[Counter]

    async def show(self, data: Data) -> Screen:
        """The line's limits and usual terms."""
        counter, draft = await self.course.open(), draft_of(data)
        line = counter.line(draft.line or "")
        usual = [_button(counter.product, term) for term in _usual(line, draft)]
        rows = tuple(tuple(usual[at : at + 2]) for at in range(0, len(usual), 2))
        key = f"simulation.{counter.product}.term"
        if line.terms.only_usual:
            return Screen(f"{key}.choose", rows=(*rows, *footer()))
        terms = terms_phrase(counter.product, line.terms)
        return Screen(f"{key}.text", {"terms": terms}, (*rows, *footer()))

    async def answer(self, data: Data, given: Input) -> Outcome:
        """The term, if the line and the period allow it."""
        if isinstance(given, SetTerm):
            return await self.course.onward(data, replace(draft_of(data), term=given.term))
        unclear = Phrase(f"simulation.unclear.{self.course.product}_term")
        if isinstance(given, str):
            try:
                return await self._typed(data, given)
            except UnclearLength:
                pass
        return await self.course.stray(data, given, "term", unclear)

    async def _typed(self, data: Data, given: str) -> Outcome:
        counter, draft = await self.course.open(), draft_of(data)
        term = parse_length(given, _units(counter.line(draft.line or "")))
        return await self.course.onward(data, replace(draft, term=term))


def _units(line: Line) -> dict[Unit, int]:
    """What each unit is worth in the line's own, which comes first: months, or days."""
    if isinstance(line, CdatLine):
        year = int(line.day_base)
        return {Unit.DAY: 1, Unit.MONTH: int(DayBase.COMMERCIAL) // 12, Unit.YEAR: year}
    return {Unit.MONTH: 1, Unit.YEAR: 12}


def _usual(line: Line, draft: Draft) -> Sequence[int]:
    period = draft.period
    if isinstance(line, CdatLine) or period is None:
        return line.terms.usual
    return [term for term in line.terms.usual if line.fits(term, period)]


def _button(product: Product, term: int) -> Button:
    return Button("simulation.button.term", SetTerm(term), {"term": term_phrase(product, term)})
