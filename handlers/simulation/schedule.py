"""Every instalment of a credit, a page at a time, or as a table for a computer."""

from dataclasses import dataclass

from domain.finance.rows import Instalment
from handlers.kit.flow import Data, Go, Input, Outcome
from handlers.kit.navigation import footer
from handlers.kit.screen import Phrase, Screen
from handlers.simulation.counters import CreditCounter
from handlers.simulation.course import Course, stray
from handlers.simulation.credit_result import PAPERS, delivering
from handlers.simulation.drafts import draft_of
from handlers.simulation.taps import Do, do
from handlers.simulation.wording import pesos
from handlers.statement.paging import Turn, last_page, page_within, turning_row

A_PAGE = 6
SHEET = "sheet"
KEY = "simulation.schedule"


@dataclass(frozen=True, slots=True)
class ScheduleStep:
    course: Course[CreditCounter]

    async def show(self, data: Data) -> Screen:
        """One page of instalments."""
        quote = (await self.course.open()).quote(draft_of(data))
        rows = quote.schedule.rows
        last = last_page(rows, A_PAGE)
        page = page_within(data.get(SHEET, 0), last)
        params = {
            "line": quote.line.name,
            "rows": tuple(_row(row) for row in rows[page * A_PAGE : (page + 1) * A_PAGE]),
            "page": page + 1,
            "pages": last + 1,
        }
        turning = turning_row(page, page < last, "simulation.turn")
        papers = ((do("pdf"),), (do("xlsx"), do("csv")))
        return Screen(f"{KEY}.text", params, (*turning, *papers, *footer()))

    async def answer(self, data: Data, given: Input) -> Outcome:
        """Another page, or the whole table as a file."""
        match given:
            case Turn(page):
                return Go("schedule", data | {SHEET: page_within(page)})
            case Do(what) if what in PAPERS:
                return delivering(what, Go("schedule", data))
        back = Go("result", {name: value for name, value in data.items() if name != SHEET})
        return stray(given, Go("schedule", data), back, Phrase("simulation.unclear.button"))


def _row(row: Instalment) -> Phrase:
    params = {
        "number": row.number,
        "day": row.due_on,
        "payment": pesos(row.payment),
        "principal": pesos(row.principal),
        "interest": pesos(row.interest),
        "balance": pesos(row.balance),
    }
    if not row.insurance:
        return Phrase(f"{KEY}.row", params)
    return Phrase(f"{KEY}.insured", params | {"insurance": pesos(row.insurance)})
