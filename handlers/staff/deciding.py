"""Changes under way, and one of them to be confirmed by another person, refused or stopped."""

from dataclasses import dataclass

from domain.access.masking import mask_email
from domain.contact import ContactField
from domain.conversation import Visit
from domain.staff.change_contact import DecideChange, ReadChanges
from domain.staff.changes import ContactChange, SamePerson
from domain.staff.conduct import Beaten
from domain.staff.duties import Duty
from handlers.kit.callbacks import Callback
from handlers.kit.flow import Data, Flow, Go, Input, Leave, Outcome, Step
from handlers.kit.membership import employee_of
from handlers.kit.navigation import footer
from handlers.kit.screen import Button, Phrase, Rows, Screen
from handlers.staff.change_notes import decision
from handlers.staff.guard import staff_flow, steer
from handlers.staff.wording import masked_mobile, person
from handlers.statement.paging import Turn, page_within, turning_row
from handlers.statement.wording import brief

LIST = Leave("staff_changes")
_ON_BUTTON = 32


@dataclass(frozen=True, slots=True)
class OpenChange(Callback):
    prefix = "sco"
    change: int


@dataclass(frozen=True, slots=True)
class Decide(Callback):
    """`act`: confirm or refuse."""

    prefix = "scd"
    act: str


@dataclass(frozen=True, slots=True)
class ChangesFlow:
    visit: Visit
    reading: ReadChanges

    def flow(self) -> Flow:
        steps = {"list": Step(self.show, self.answer)}
        return staff_flow("staff_changes", Duty.CHANGES, "list", steps)

    async def show(self, data: Data) -> Screen:
        """A page of the changes under way."""
        found = await self.reading.page(self.visit, data.get("page", 0))
        if not found.changes:
            return Screen("staff_changes.none", rows=footer())
        numbered = tuple(enumerate(found.changes, start=1))
        lines = tuple(_line(position, change) for position, change in numbered)
        buttons = tuple((_button(position, change),) for position, change in numbered)
        turning = turning_row(found.page, found.more, "staff.turn")
        return Screen("staff_changes.list", {"lines": lines}, (*buttons, *turning, *footer()))

    async def answer(self, data: Data, given: Input) -> Outcome:
        """One of them, or another page."""
        match given:
            case OpenChange(change):
                await self.reading.one(self.visit, change)
                return Leave("staff_decide", {"change": change})
            case Turn(page):
                return Go("list", {"page": page_within(page)})
        return steer(given, "list", data)


@dataclass(frozen=True, slots=True)
class DecidingFlow:
    """Begun with `change` in its data."""

    visit: Visit
    reading: ReadChanges
    deciding: DecideChange

    def flow(self) -> Flow:
        steps = {"change": Step(self.show, self.answer)}
        return staff_flow("staff_decide", Duty.CHANGES, "change", steps)

    async def show(self, data: Data) -> Screen:
        """What would be changed, who asked and why, and what may be done by now."""
        change = await self.reading.one(self.visit, data["change"])
        return Screen("staff_changes.one", _told(change), self._rows(change))

    async def answer(self, data: Data, given: Input) -> Outcome:
        """The decision."""
        acts = {"confirm": self.deciding.confirm, "refuse": self.deciding.refuse}
        if not isinstance(given, Decide) or given.act not in acts:
            return steer(given, "change", data, LIST)
        try:
            await acts[given.act](self.visit, data["change"])
        except SamePerson:
            return Go("change", data, Phrase("staff_changes.same_person"))
        except Beaten:
            return Go("change", data, Phrase("staff_changes.beaten"))
        return Go("change", data, Phrase(f"staff_changes.done.{given.act}"))

    def _rows(self, change: ContactChange) -> Rows:
        if change.closed_at is not None:
            return footer()
        mine = change.requested_by == employee_of(self.visit).id
        confirm = (Button("staff_changes.confirm", Decide("confirm")),)
        label = "stop" if change.is_held else "withdraw" if mine else "refuse"
        refuse = (Button(f"staff_changes.{label}", Decide("refuse")),)
        return ((refuse,) if mine or change.is_held else (confirm, refuse)) + footer()


def _button(position: int, change: ContactChange) -> Button:
    params = {"position": position, "name": brief(_who(change), _ON_BUTTON)}
    return Button("staff_changes.button", OpenChange(change.id), params)


def _line(position: int, change: ContactChange) -> Phrase:
    params = {
        "position": position,
        "name": _who(change),
        "field": Phrase(f"staff_changes.field.{change.field}"),
        "decision": decision(change),
    }
    return Phrase("staff_changes.line", params)


def _told(change: ContactChange) -> dict[str, object]:
    return {
        "name": _who(change),
        "document": f"{change.document.kind.value} {change.document.masked}",
        "field": Phrase(f"staff_changes.field.{change.field}"),
        "old": _old(change),
        "new": change.new_value,
        "asked": _asked(change),
        "decision": decision(change),
    }


def _asked(change: ContactChange) -> Phrase:
    who = "employee" if change.requester else "member"
    said = {"by": change.requester, "at": change.requested_at, "reason": change.reason}
    return Phrase(f"staff_changes.asked_by.{who}", said)


def _old(change: ContactChange) -> Phrase:
    if change.old_value is None:
        return Phrase("staff_changes.old.none")
    is_email = change.field is ContactField.EMAIL
    masked = mask_email(change.old_value) if is_email else masked_mobile(change.old_value)
    return Phrase("staff_changes.old.known", {"value": masked or ""})


def _who(change: ContactChange) -> str:
    return person(change.surnames, change.first_names)
