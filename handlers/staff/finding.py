"""Find a member by document or name."""

from dataclasses import dataclass

from domain.conversation import Visit
from domain.members import DocumentType
from domain.staff.duties import Duty
from domain.staff.files import ReadFile
from domain.staff.search import FindMembers, Found, Results, Sought, TooShort
from handlers.kit.callbacks import Callback
from handlers.kit.flow import Data, Flow, Go, Input, Leave, Outcome, Step
from handlers.kit.navigation import footer
from handlers.kit.screen import Button, Phrase, Screen
from handlers.staff.guard import staff_flow, steer
from handlers.staff.wording import person
from handlers.statement.paging import Turn, page_within, turning_row
from handlers.statement.wording import brief

TOO_SHORT = Phrase("staff_members.too_short")
_ON_BUTTON = 32


@dataclass(frozen=True, slots=True)
class OpenFile(Callback):
    prefix = "smo"
    member: int


@dataclass(frozen=True, slots=True)
class FindingFlow:
    visit: Visit
    finding: FindMembers
    files: ReadFile

    def flow(self) -> Flow:
        steps = {"find": Step(self.show, self.answer, discreet=True)}
        return staff_flow("staff_members", Duty.MEMBERS, "find", steps)

    async def show(self, data: Data) -> Screen:
        """What can be searched for; or one page of what was found."""
        if "sought" not in data:
            return Screen("staff_members.prompt", rows=footer())
        found = await self.finding.page(self.visit, _sought(data), data.get("page", 0))
        return _results(found) if found.members else Screen("staff_members.none", rows=footer())

    async def answer(self, data: Data, given: Input) -> Outcome:
        """A member, another page, or another search."""
        match given:
            case OpenFile(member):
                await self.files.open(self.visit, member)
                return Leave("staff_file", {"member": member, "back": ["staff_members", data]})
            case Turn(page):
                return Go("find", data | {"page": page_within(page)})
            case str():
                return await self._search(data, given)
        return steer(given, "find", data)

    async def _search(self, data: Data, typed: str) -> Outcome:
        try:
            return Go("find", results_of(await self.finding.begin(self.visit, typed)))
        except TooShort:
            return Go("find", data, TOO_SHORT)


def results_of(sought: Sought) -> Data:
    """The data with which the flow shows what that search finds."""
    kind = sought.kind.value if sought.kind else None
    return {"sought": {"number": sought.number, "kind": kind, "words": list(sought.words)}}


def _sought(data: Data) -> Sought:
    kept = data["sought"]
    kind = DocumentType(kept["kind"]) if kept["kind"] else None
    return Sought(kept["number"], kind, tuple(kept["words"]))


def _results(found: Results) -> Screen:
    numbered = tuple(enumerate(found.members, start=1))
    lines = tuple(_line(position, each) for position, each in numbered)
    buttons = tuple((_button(position, each),) for position, each in numbered)
    turning = turning_row(found.page, found.more, "staff.turn")
    text = "staff_members.some" if found.more or found.page else "staff_members.all"
    return Screen(text, {"lines": lines}, (*buttons, *turning, *footer()))


def _line(position: int, found: Found) -> Phrase:
    state = "barred" if found.barred else found.status.value
    params = {
        "position": position,
        "name": person(found.surnames, found.first_names),
        "kind": found.document.kind.value,
        "document": found.document.masked,
        "state": Phrase(f"staff_members.state.{state}"),
    }
    return Phrase("staff_members.line", params)


def _button(position: int, found: Found) -> Button:
    name = brief(person(found.surnames, found.first_names), _ON_BUTTON)
    return Button("staff_members.button", OpenFile(found.id), {"position": position, "name": name})
