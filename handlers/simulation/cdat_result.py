"""The result of a CDAT: what it yields, and what can be done next."""

from dataclasses import dataclass, replace

from domain.finance.cdats import CdatPayment, CdatYield
from domain.finance.periods import Period
from handlers.kit.flow import Data, Go, Input, Outcome
from handlers.kit.navigation import footer
from handlers.kit.screen import Button, Phrase, Rows, Screen
from handlers.simulation.cdat_wording import KEY, summary
from handlers.simulation.counters import CdatCounter
from handlers.simulation.course import Course, stray
from handlers.simulation.credit_result import delivering
from handlers.simulation.drafts import draft_of
from handlers.simulation.people import Person
from handlers.simulation.period_question import ChoosePeriod
from handlers.simulation.taps import Do, do
from handlers.simulation.wording import pesos, term_phrase
from handlers.statement.paging import Turn, last_page, page_within, turning_row

STEPS = ("change", "payments", "comparison", "requirements", "interest")
PAPERS = ("pdf", "chart")
A_PAGE = 8
SHEET = "sheet"


@dataclass(frozen=True, slots=True)
class CdatResult:
    course: Course[CdatCounter]
    person: Person

    async def show(self, data: Data) -> Screen:
        """All that the CDAT yields, on one screen."""
        quote = (await self.course.open()).quote(draft_of(data))
        several = len(quote.comparison) > 1
        rows = (*self._rows(several), *footer())
        return Screen(f"{KEY}.result", summary(quote), rows)

    async def answer(self, data: Data, given: Input) -> Outcome:
        """A closer look, a paper, another answer to one question, or the employees."""
        match given:
            case Do(what) if what in STEPS:
                return Go(what, data)
            case Do(what) if what in PAPERS:
                return delivering(what, Go("result", data))
        back = await self.course.back("result", data)
        return stray(given, Go("result", data), back, Phrase("simulation.unclear.button"))

    def _rows(self, several: bool) -> Rows:
        interest = () if self.person.is_employee else ((do("interest"),),)
        comparison = ((do("comparison"),),) if several else ()
        first = ((do("change"), do("payments")), *comparison)
        return (*interest, *first, (do("pdf"), do("chart")), (do("requirements"),))


@dataclass(frozen=True, slots=True)
class PaymentsStep:
    """The calendar of a CDAT's payments."""

    course: Course[CdatCounter]

    async def show(self, data: Data) -> Screen:
        quote = (await self.course.open()).quote(draft_of(data))
        payments = quote.outcome.payments
        last = last_page(payments, A_PAGE)
        page = page_within(data.get(SHEET, 0), last)
        params = {
            "line": quote.line.name,
            "rows": tuple(_payment(p) for p in payments[page * A_PAGE : (page + 1) * A_PAGE]),
            "matures_on": quote.outcome.matures_on,
            "amount": pesos(quote.request.amount),
            "page": page + 1,
            "pages": last + 1,
        }
        turning = turning_row(page, page < last, "simulation.turn")
        return Screen(f"{KEY}.payments", params, (*turning, (do("pdf"),), *footer()))

    async def answer(self, data: Data, given: Input) -> Outcome:
        """Another page, or the whole calendar on paper."""
        match given:
            case Turn(page):
                return Go("payments", data | {SHEET: page_within(page)})
            case Do("pdf"):
                return delivering("pdf", Go("payments", data))
        back = Go("result", {name: value for name, value in data.items() if name != SHEET})
        return stray(given, Go("payments", data), back, Phrase("simulation.unclear.button"))


@dataclass(frozen=True, slots=True)
class ComparisonStep:
    """The same money under every settlement period."""

    course: Course[CdatCounter]

    async def show(self, data: Data) -> Screen:
        quote = (await self.course.open()).quote(draft_of(data))
        params = {
            "amount": pesos(quote.request.amount),
            "term": term_phrase(self.course.product, quote.request.days),
            "compared": tuple(map(_compared, quote.comparison)),
        }
        rows = tuple((_choice(each.cdat.settlement),) for each in quote.comparison)
        return Screen(f"{KEY}.comparison", params, (*rows, *footer()))

    async def answer(self, data: Data, given: Input) -> Outcome:
        """On with one of them."""
        if isinstance(given, ChoosePeriod) and given.period in list(Period):
            taken = replace(draft_of(data), period=Period(given.period))
            return await self.course.onward(data, taken)
        unclear = Phrase("simulation.unclear.button")
        return stray(given, Go("comparison", data), Go("result", data), unclear)


def _payment(payment: CdatPayment) -> Phrase:
    params = {
        "number": payment.number,
        "day": payment.due_on,
        "gross": pesos(payment.gross),
        "withheld": pesos(payment.withholding),
        "net": pesos(payment.net),
    }
    return Phrase(f"{KEY}.payment", params)


def _compared(option: CdatYield) -> Phrase:
    period = option.cdat.settlement
    params = {"period": Phrase(f"simulation.every.{period}"), "net": pesos(option.net)}
    if period is Period.AT_MATURITY:
        return Phrase(f"{KEY}.compared_whole", params)
    return Phrase(f"{KEY}.compared", params | {"each": pesos(option.payments[0].net)})


def _choice(period: Period) -> Button:
    label = Phrase(f"simulation.every.{period}")
    return Button(f"{KEY}.choose", ChoosePeriod(period.value), {"period": label})
