"""What could not be delivered, in plain words, and trying it again."""

from collections.abc import Sequence
from dataclasses import dataclass

from domain.broadcasts.unsent import AttendUnsent, DeadLetter, UnsentPage
from domain.conversation import Visit
from domain.staff.conduct import Beaten
from domain.staff.duties import Duty
from handlers.broadcasts.home import HOME
from handlers.broadcasts.taps import Again
from handlers.kit.flow import Data, Flow, Go, Input, Outcome, Step
from handlers.kit.navigation import footer
from handlers.kit.screen import Button, Phrase, Rows, Screen
from handlers.staff.guard import staff_flow, steer
from handlers.statement.paging import Turn, page_within, turning_row

ALL = 0


@dataclass(frozen=True, slots=True)
class UnsentFlow:
    visit: Visit
    attending: AttendUnsent

    def flow(self) -> Flow:
        steps = {"list": Step(self.show, self.answer)}
        return staff_flow("staff_unsent", Duty.BROADCASTS, "list", steps)

    async def show(self, data: Data) -> Screen:
        """A page of them, the newest first."""
        found = await self.attending.page(self.visit, data.get("page", 0))
        if not found.total:
            return Screen("broadcasts.unsent_list.none", {}, footer())
        lines = tuple(_line(n, each) for n, each in enumerate(found.letters, start=1))
        params = {"total": found.total, "lines": lines}
        return Screen("broadcasts.unsent_list.text", params, (*_rows(found), *footer()))

    async def answer(self, data: Data, given: Input) -> Outcome:
        """One or all once more; another page."""
        match given:
            case Again(number):
                return await self._again(data, None if number == ALL else [number])
            case Turn(page):
                return Go("list", {"page": page_within(page)})
        return steer(given, "list", data, HOME)

    async def _again(self, data: Data, numbers: Sequence[int] | None) -> Outcome:
        try:
            count = await self.attending.again(self.visit, numbers)
        except Beaten:
            return Go("list", data, Phrase("broadcasts.unsent_list.too_late"))
        told = Phrase("broadcasts.unsent_list.again", {"count": count})
        return Go("list", {}, told, once=True)


def _line(position: int, letter: DeadLetter) -> Phrase:
    params = {
        "position": position,
        "member": letter.member_number,
        "about": Phrase(f"notification.about.{letter.category}"),
        "at": letter.settled_at,
        "why": Phrase(f"broadcasts.why.{letter.reason}"),
    }
    return Phrase("broadcasts.unsent_list.line", params)


def _rows(found: UnsentPage) -> Rows:
    each: Rows = tuple(
        (Button("broadcasts.unsent_list.one", Again(letter.id), {"position": n}),)
        for n, letter in enumerate(found.letters, start=1)
    )
    every = (Button("broadcasts.unsent_list.all", Again(ALL), {"total": found.total}),)
    return (*each, *turning_row(found.page, found.more, "staff.turn"), every)
