"""The result of a credit: what it costs, and what can be done next."""

from dataclasses import dataclass

from domain.products.credit_quotes import CreditQuote
from handlers.kit.flow import Data, Delivery, Go, Input, Outcome
from handlers.kit.navigation import footer
from handlers.kit.screen import Phrase, Rows, Screen
from handlers.simulation.capacity import Capacities
from handlers.simulation.counters import CreditCounter
from handlers.simulation.course import FIRST, Course, stray
from handlers.simulation.credit_wording import KEY, cap_phrase, summary
from handlers.simulation.drafts import DRAFT, Draft, draft_of
from handlers.simulation.people import Person
from handlers.simulation.taps import Do, do
from handlers.simulation.wording import pesos

STEPS = ("change", "schedule", "more", "interest")
MORE = ("extra", "requirements", "system")
PAPERS = ("pdf", "chart", "xlsx", "csv")


@dataclass(frozen=True, slots=True)
class CreditResult:
    course: Course[CreditCounter]
    person: Person
    capacities: Capacities

    async def show(self, data: Data) -> Screen:
        """All that the credit costs, on one screen."""
        counter, draft = await self.course.open(), draft_of(data)
        quote = counter.quote(draft)
        params = {
            **summary(quote),
            "asked": _asked(quote, draft, counter),
            "notes": (*await self.capacities.brief(quote), cap_phrase(quote)),
        }
        return Screen(f"{KEY}.result", params, (*self._rows(), *footer()))

    async def answer(self, data: Data, given: Input) -> Outcome:
        """A closer look, a paper, another answer to one question, or the employees."""
        match given:
            case Do(what) if what in STEPS:
                return Go(what, data)
            case Do(what) if what in PAPERS:
                return delivering(what, Go("result", data))
        back = await self.course.back("result", data)
        return stray(given, Go("result", data), back, Phrase("simulation.unclear.button"))

    def _rows(self) -> Rows:
        rows = ((do("change"), do("schedule")), (do("pdf"), do("chart")), (do("more"),))
        return rows if self.person.is_employee else ((do("interest"),), *rows)


@dataclass(frozen=True, slots=True)
class MoreAboutCredit:
    """What else can be seen of a credit."""

    course: Course[CreditCounter]
    person: Person

    async def show(self, data: Data) -> Screen:
        counter = await self.course.open()
        line = counter.line(draft_of(data).line or "")
        member = self.person.member_id is not None
        offered = {
            "compare": True,
            "extra": True,
            "capacity": line.payroll and member,
            "system": len(line.systems) > 1,
            "requirements": True,
        }
        rows = tuple((do(what),) for what, there in offered.items() if there)
        return Screen(f"{KEY}.more", rows=(*rows, *footer()))

    async def answer(self, data: Data, given: Input) -> Outcome:
        """To what was chosen, or back to the result."""
        match given:
            case Do("compare"):
                return Go("change", data | {FIRST: data[DRAFT]})
            case Do("extra"):
                return Go("extra_amount", data)
            case Do(what) if what in ("capacity", "system", "requirements"):
                return Go(what, data)
        unclear = Phrase("simulation.unclear.button")
        return stray(given, Go("more", data), Go("result", data), unclear)


def delivering(paper: str, stay: Go) -> Go:
    """The same screen, with a paper of its draft on the way."""
    deliver = Delivery(paper, {DRAFT: stay.data[DRAFT]}, public=True)
    return Go(stay.step, stay.data, Phrase("simulation.preparing"), deliver)


def _asked(quote: CreditQuote, draft: Draft, counter: CreditCounter) -> Phrase:
    """What was asked for: an amount, or what a payment is enough for."""
    amount = pesos(quote.request.amount)
    if draft.payment is None:
        return Phrase(f"{KEY}.asked.amount", {"amount": amount})
    params = {"payment": pesos(draft.payment), "amount": amount}
    most = counter.amounts(quote.line.id).maximum
    reached = "most" if quote.request.amount == most else "payment"
    return Phrase(f"{KEY}.asked.{reached}", params)
