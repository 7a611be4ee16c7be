"""Two credits side by side."""

from dataclasses import dataclass

from domain.finance.comparison import Difference, difference
from domain.leads.lead import Product
from domain.products.credit_quotes import CreditQuote
from handlers.kit.callbacks import Callback
from handlers.kit.flow import Data, Go, Input, Outcome
from handlers.kit.navigation import footer
from handlers.kit.screen import Button, Phrase, Screen
from handlers.simulation.counters import CreditCounter
from handlers.simulation.course import FIRST, Course, stray
from handlers.simulation.credit_wording import count_phrase, every
from handlers.simulation.drafts import DRAFT, draft_of
from handlers.simulation.taps import Do, do
from handlers.simulation.wording import pesos, shown, term_phrase

KEY = "simulation.compare"


@dataclass(frozen=True, slots=True)
class Keep(Callback):
    """Go on with the first or the second one."""

    prefix = "skep"
    which: int


@dataclass(frozen=True, slots=True)
class CompareStep:
    course: Course[CreditCounter]

    async def show(self, data: Data) -> Screen:
        """Both with their costs, and what the difference comes to."""
        counter = await self.course.open()
        first = counter.quote(draft_of(data, FIRST))
        second = counter.quote(draft_of(data))
        params = {
            "first": _column(first),
            "second": _column(second),
            "difference": _difference(difference(first.schedule, second.schedule)),
        }
        keep = tuple(Button(f"{KEY}.keep", Keep(n), {"number": n}) for n in (1, 2))
        return Screen(f"{KEY}.text", params, (keep, (do("change_second"),), *footer()))

    async def answer(self, data: Data, given: Input) -> Outcome:
        """On with one of them, or another change to the second one."""
        match given:
            case Keep(1):
                return Go("result", {DRAFT: data[FIRST]})
            case Keep():
                return Go("result", {DRAFT: data[DRAFT]})
            case Do("change_second"):
                return Go("change", data)
        back = Go("result", {DRAFT: data[FIRST]})
        return stray(given, Go("compare", data), back, Phrase("simulation.unclear.button"))


def _column(quote: CreditQuote) -> Phrase:
    schedule = quote.schedule
    params = {
        "line": quote.line.name,
        "amount": pesos(quote.request.amount),
        "term": term_phrase(Product.CREDIT, quote.request.months),
        "count": count_phrase(quote),
        "payment": pesos(schedule.first_payment),
        "every": every(quote.request.period),
        "interest": pesos(schedule.total_interest),
        "total": pesos(schedule.total_paid),
        "percent": shown(schedule.effective_annual),
    }
    return Phrase(f"{KEY}.column", params)


def _difference(found: Difference) -> tuple[Phrase, ...]:
    """What the second one costs more or less, each time and in all."""
    each = {"payment": found.first_payment, "total": found.total_paid}
    return tuple(
        Phrase(
            f"{KEY}.{name}.{_sign(amount)}", {} if not amount else {"amount": pesos(abs(amount))}
        )
        for name, amount in each.items()
    )


def _sign(amount: object) -> str:
    if not amount:
        return "same"
    return "more" if amount > 0 else "less"  # type: ignore[operator]
