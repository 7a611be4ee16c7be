"""Ask for a change of a member's e-mail or mobile: which, the new value, why."""

from dataclasses import dataclass

from domain.contact import BadContact, ContactField
from domain.conversation import Visit
from domain.staff.change_contact import AskChange
from domain.staff.changes import AlreadyAsked, SameValue
from domain.staff.duties import Duty
from domain.staff.files import ReadFile
from handlers.kit.callbacks import Callback
from handlers.kit.flow import Data, Flow, Go, Input, Leave, Outcome, Step
from handlers.kit.navigation import footer
from handlers.kit.screen import Button, Phrase, Screen
from handlers.kit.texts import plain
from handlers.staff.guard import staff_flow, steer
from handlers.staff.wording import person

REASONS = ("seen", "signed", "phone")


@dataclass(frozen=True, slots=True)
class Which(Callback):
    prefix = "scw"
    field: str


@dataclass(frozen=True, slots=True)
class Because(Callback):
    prefix = "scb"
    reason: str


@dataclass(frozen=True, slots=True)
class AskingFlow:
    """Begun with `member` and `back` in its data."""

    visit: Visit
    asking: AskChange
    files: ReadFile

    def flow(self) -> Flow:
        steps = {
            "field": Step(self.show_field, self.take_field),
            "value": Step(self.show_value, self.take_value, discreet=True),
            "reason": Step(self.show_reason, self.take_reason, discreet=True),
        }
        return staff_flow("staff_change", Duty.CHANGES, "field", steps)

    async def show_field(self, data: Data) -> Screen:
        """E-mail or mobile."""
        rows = tuple((Button(f"staff_changes.choose.{f}", Which(f)),) for f in ContactField)
        return Screen("staff_changes.which", await self._who(data), (*rows, *footer()))

    async def take_field(self, data: Data, given: Input) -> Outcome:
        if isinstance(given, Which) and given.field in list(ContactField):
            return Go("value", data | {"field": given.field})
        return steer(given, "field", data, Leave(*data["back"]))

    async def show_value(self, data: Data) -> Screen:
        """The new value is asked for."""
        return Screen(f"staff_changes.value.{data['field']}", await self._who(data), footer())

    async def take_value(self, data: Data, given: Input) -> Outcome:
        """The new value, if it can be one."""
        if not isinstance(given, str):
            return steer(given, "value", data, Go("field", data))
        field = ContactField(data["field"])
        try:
            value = await self.asking.check(self.visit, data["member"], field, given)
        except BadContact:
            return Go("value", data, Phrase(f"staff_changes.bad.{field}"))
        except SameValue:
            return Go("value", data, Phrase("staff_changes.same"))
        return Go("reason", data | {"value": value})

    async def show_reason(self, data: Data) -> Screen:
        """The change in full, and how the employee knows that it is the member's wish."""
        field = Phrase(f"staff_changes.field.{data['field']}")
        params = await self._who(data) | {"field": field, "value": data["value"]}
        rows = tuple((Button(f"staff_changes.reason.{r}", Because(r)),) for r in REASONS)
        return Screen("staff_changes.why", params, (*rows, *footer()))

    async def take_reason(self, data: Data, given: Input) -> Outcome:
        """The reason, chosen or typed; then the colleagues are told."""
        match given:
            case Because(reason) if reason in REASONS:
                return await self._ask(data, plain(f"staff_changes.reason.{reason}"))
            case str():
                return await self._ask(data, given)
        return steer(given, "reason", data, Go("value", data))

    async def _ask(self, data: Data, reason: str) -> Outcome:
        asked = (data["member"], ContactField(data["field"]), data["value"], reason)
        flow, kept = data["back"]
        try:
            await self.asking.ask(self.visit, *asked)
        except AlreadyAsked:
            return Leave(flow, kept, Phrase("staff_changes.already"))
        except SameValue:
            return Leave(flow, kept, Phrase("staff_changes.same"))
        return Leave(flow, kept, Phrase("staff_changes.asked"))

    async def _who(self, data: Data) -> dict[str, object]:
        who = (await self.files.read(self.visit, data["member"])).member
        return {"name": person(who.surnames, who.first_names)}
