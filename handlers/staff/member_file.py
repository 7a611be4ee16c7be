"""A member's file, and what an employee may do for their access."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

from domain.conversation import Visit
from domain.cooperative import Cooperative
from domain.staff.duties import ROLES, Duty
from domain.staff.files import MemberFile, ReadFile
from domain.staff.help_access import AlreadyBarred, Barred, HelpAccess, NoAuthenticator, NotBarred
from handlers.kit.callbacks import Callback
from handlers.kit.flow import Data, Flow, Go, Input, Leave, Outcome, Step
from handlers.kit.membership import employee_of
from handlers.kit.navigation import footer
from handlers.kit.screen import Button, Phrase, Rows, Screen
from handlers.kit.texts import plain
from handlers.staff.file_words import told
from handlers.staff.guard import staff_flow, steer
from handlers.staff.wording import person

REASONS: Mapping[str, tuple[str, ...]] = {
    "unlock": ("seen", "phone", "ticket"),
    "reset": ("seen", "phone", "new_phone"),
    "deactivate": ("asked", "suspicion", "retired"),
    "activate": ("seen", "phone", "ticket"),
    "remove_app": ("seen", "phone", "new_phone"),
}
# Acts that end with a number to be told to the member.
_GIVING = ("reset", "activate")
_REFUSALS: Mapping[type[Exception], str] = {
    Barred: "staff_file.barred",
    AlreadyBarred: "staff_file.barred",
    NotBarred: "staff_file.not_barred",
    NoAuthenticator: "staff_file.no_app",
}


@dataclass(frozen=True, slots=True)
class Do(Callback):
    prefix = "sfd"
    act: str


@dataclass(frozen=True, slots=True)
class Because(Callback):
    prefix = "sfb"
    reason: str


@dataclass(frozen=True, slots=True)
class SeeDocument(Callback):
    prefix = "sfs"


@dataclass(frozen=True, slots=True)
class ChangeContact(Callback):
    prefix = "sfc"


@dataclass(frozen=True, slots=True)
class OpenTicket(Callback):
    prefix = "sft"
    ticket: int


@dataclass(frozen=True, slots=True)
class FileFlow:
    """Begun with `member` and `back` (a flow and its data) in its data."""

    visit: Visit
    files: ReadFile
    access: HelpAccess
    cooperative: Cooperative

    def flow(self) -> Flow:
        steps = {
            "file": Step(self.show_file, self.take_file, discreet=True),
            "reason": Step(self.show_reason, self.take_reason, discreet=True),
            "number": Step(self.show_number, self.take_number),
        }
        return staff_flow("staff_file", Duty.MEMBERS, "file", steps)

    async def show_file(self, data: Data) -> Screen:
        """Who it is, how they enter, and what was done about it."""
        found = await self.files.read(self.visit, data["member"])
        whole = bool(data.get("whole"))
        number = self.access.help_number(self.visit, found) if self._has(Duty.ACCESS) else None
        params = told(found, whole, self.cooperative.policies, number)
        return Screen("staff_file.text", params, self._rows(found, whole))

    async def take_file(self, data: Data, given: Input) -> Outcome:
        """An act to be explained, the whole document, a ticket, or back."""
        match given:
            case Do(act) if act in REASONS and self._has(Duty.ACCESS):
                return Go("reason", data | {"act": act})
            case SeeDocument():
                await self.files.see_document(self.visit, data["member"])
                return Go("file", data | {"whole": True})
            case ChangeContact() if self._has(Duty.CHANGES):
                back = ["staff_file", data | {"whole": False}]
                return Leave("staff_change", {"member": data["member"], "back": back})
            case OpenTicket(ticket) if self._has(Duty.TICKETS):
                return Leave("staff_ticket", {"ticket": ticket})
        return steer(given, "file", data, Leave(*data["back"]))

    async def show_reason(self, data: Data) -> Screen:
        """What the act does, and why it is done."""
        found = await self.files.read(self.visit, data["member"])
        act = data["act"]
        params = {
            "name": person(found.member.surnames, found.member.first_names),
            "hours": int(self.cooperative.policies.reset_grant.total_seconds() // 3600),
        }
        reasons = tuple((Button(f"staff_file.reason.{r}", Because(r)),) for r in REASONS[act])
        return Screen(f"staff_file.ask.{act}", params, (*reasons, *footer()))

    async def take_reason(self, data: Data, given: Input) -> Outcome:
        """The reason, chosen or typed; then it is done."""
        match given:
            case Because(reason) if reason in REASONS[data["act"]]:
                return await self._do(data, plain(f"staff_file.reason.{reason}"))
            case str():
                return await self._do(data, given)
        return steer(given, "reason", data, Go("file", data))

    async def _do(self, data: Data, reason: str) -> Outcome:
        act = data["act"]
        try:
            await self._acts[act](self.visit, data["member"], reason)
        except tuple(_REFUSALS) as refusal:
            return Go("file", data, Phrase(_REFUSALS[type(refusal)]))
        if act in _GIVING:
            return Go("number", data)
        return Go("file", data, Phrase(f"staff_file.done.{act}"))

    async def show_number(self, data: Data) -> Screen:
        """What to tell the member, by itself: the file is long."""
        found = await self.files.read(self.visit, data["member"])
        number = self.access.help_number(self.visit, found)
        if number is None:
            return Screen("staff_file.number_gone", rows=footer())
        params = {
            "done": Phrase(f"staff_file.done.{data['act']}"),
            "name": person(found.member.surnames, found.member.first_names),
            "number": number,
            "until": found.access.vouched_until,
        }
        return Screen("staff_file.number", params, footer())

    async def take_number(self, data: Data, given: Input) -> Outcome:
        return steer(given, "number", data, Go("file", data))

    @property
    def _acts(self) -> Mapping[str, Callable[[Visit, int, str], Awaitable[None]]]:
        return {
            "unlock": self.access.unlock,
            "reset": self.access.reset,
            "deactivate": self.access.deactivate,
            "activate": self.access.activate,
            "remove_app": self.access.remove_app,
        }

    def _rows(self, found: MemberFile, whole: bool) -> Rows:
        acts = ("activate",) if found.access.locked_at else ("unlock", "reset", "deactivate")
        acts = (*acts, "remove_app") if found.access.has_authenticator else acts
        rows: list[tuple[Button, ...]] = []
        if self._has(Duty.ACCESS):
            rows += [(Button(f"staff_file.button.{act}", Do(act)),) for act in acts]
        if self._has(Duty.CHANGES):
            rows.append((Button("staff_file.button.contact", ChangeContact()),))
        if self._has(Duty.TICKETS):
            rows += [
                (Button("staff_file.button.ticket", OpenTicket(t.id), {"number": t.number}),)
                for t in found.tickets
            ]
        if not whole:
            rows.append((Button("staff_file.button.document", SeeDocument()),))
        return (*rows, *footer())

    def _has(self, duty: Duty) -> bool:
        return employee_of(self.visit).role in ROLES[duty]
