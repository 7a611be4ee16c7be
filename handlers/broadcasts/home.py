"""The broadcasts so far, and the ways to a new one and to what could not be delivered."""

from dataclasses import dataclass

from domain.broadcasts.composing import Compose
from domain.broadcasts.draft import Draft
from domain.broadcasts.reading import Listed, ReadBroadcasts
from domain.conversation import Visit
from domain.staff.duties import Duty
from handlers.broadcasts.taps import Do, OpenBroadcast
from handlers.broadcasts.wording import state_of
from handlers.kit.flow import Data, Flow, Go, Input, Leave, Outcome, Step
from handlers.kit.navigation import footer
from handlers.kit.screen import Button, Phrase, Rows, Screen
from handlers.staff.guard import staff_flow, steer
from handlers.statement.paging import Turn, page_within, turning_row
from handlers.statement.wording import brief

HOME = Leave("staff_broadcasts")
_ON_BUTTON = 34


@dataclass(frozen=True, slots=True)
class BroadcastsFlow:
    visit: Visit
    reading: ReadBroadcasts
    composing: Compose

    def flow(self) -> Flow:
        steps = {"list": Step(self.show, self.answer)}
        return staff_flow("staff_broadcasts", Duty.BROADCASTS, "list", steps)

    async def show(self, data: Data) -> Screen:
        """A page of them, the newest first, each with what became of it."""
        found = await self.reading.page(self.visit, data.get("page", 0))
        begun = await self.composing.draft(self.visit) != Draft()
        write = Button("broadcasts.go_on" if begun else "broadcasts.new", Do("write"))
        unsent = Button("broadcasts.unsent", Do("unsent"))
        rows: Rows = ((write,), *_rows(found), (unsent,), *footer())
        if not found.shown:
            return Screen("broadcasts.none", {}, rows)
        lines = tuple(
            Phrase(
                "broadcasts.line",
                {"position": n, "title": each.broadcast.title, "state": state_of(each)},
            )
            for n, each in enumerate(found.shown, start=1)
        )
        return Screen("broadcasts.list", {"lines": lines}, rows)

    async def answer(self, data: Data, given: Input) -> Outcome:
        """One of them, a new one, or another page."""
        match given:
            case OpenBroadcast(number):
                await self.reading.one(self.visit, number)
                return Leave("staff_broadcast", {"broadcast": number})
            case Do("write"):
                return Leave("staff_compose")
            case Do("unsent"):
                return Leave("staff_unsent")
            case Turn(page):
                return Go("list", {"page": page_within(page)})
        return steer(given, "list", data)


def _rows(found: Listed) -> Rows:
    numbered = enumerate((each.broadcast for each in found.shown), start=1)
    rows: Rows = tuple(
        (
            Button(
                "broadcasts.button",
                OpenBroadcast(each.id),
                {"position": n, "title": brief(each.title, _ON_BUTTON)},
            ),
        )
        for n, each in numbered
    )
    return (*rows, *turning_row(found.page, found.more, "staff.turn"))
