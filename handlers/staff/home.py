"""The employees' home: what there is to do, by role.

A function is added here with its flow and its duty (domain.staff.duties), with its label
`staff.home.<flow>`, and, where something waits for it, `staff.waiting.<duty>` and a line in
storage.staff.workload.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

from domain.conversation import Visit
from domain.cooperative import Cooperative
from domain.staff.duties import ROLES, Duty
from domain.staff.people import Employee, Employees
from domain.staff.search import FindMembers, TooShort
from handlers.kit.callbacks import Callback
from handlers.kit.flow import Access, Data, Flow, Go, Input, Leave, Outcome, SignOut, Step
from handlers.kit.membership import employee_of, session_of
from handlers.kit.screen import Button, Phrase, Rows, Screen
from handlers.kit.texts import plural
from handlers.staff.finding import TOO_SHORT, results_of

FUNCTIONS: Mapping[str, Duty] = {
    "staff_members": Duty.MEMBERS,
    "staff_tickets": Duty.TICKETS,
    "staff_changes": Duty.CHANGES,
    "verify": Duty.PROFILES,
    "staff_leads": Duty.LEADS,
    "staff_void": Duty.CERTIFICATES,
    "staff_broadcasts": Duty.BROADCASTS,
}


class Workload(Protocol):
    async def waiting(self, duty: Duty) -> int:
        """How much waits for anybody with that duty."""


@dataclass(frozen=True, slots=True)
class Choose(Callback):
    prefix = "shm"
    flow: str


@dataclass(frozen=True, slots=True)
class Out(Callback):
    prefix = "sou"


@dataclass(frozen=True, slots=True)
class StaffHome:
    visit: Visit
    employees: Employees
    workload: Workload
    finding: FindMembers
    cooperative: Cooperative

    def flow(self) -> Flow:
        step = Step(self.show, self.answer, discreet=True)
        return Flow("staff", version=1, first="home", steps={"home": step}, access=Access.STAFF)

    async def show(self, data: Data) -> Screen:
        """Who has entered as what, what waits, and what can be done."""
        employee = employee_of(self.visit)
        offered = _functions_of(employee)
        params = {
            "name": employee.name,
            "role": Phrase(f"staff.role.{employee.role}"),
            "short_name": self.cooperative.short_name,
            "entry": await self._entry(employee),
            "waiting": await self._waiting(offered.values()),
        }
        rows: Rows = tuple((Button(f"staff.home.{flow}", Choose(flow)),) for flow in offered)
        leave = (Button("staff.home.leave", Out()),)
        text = "staff.home.text" if "staff_members" in offered else "staff.home.tasks"
        return Screen(text, params, (*rows, leave))

    async def answer(self, data: Data, given: Input) -> Outcome:
        """The function that was chosen; what is typed is looked for among the members."""
        offered = _functions_of(employee_of(self.visit))
        match given:
            case Choose(flow) if flow in offered:
                return Leave(flow)
            case Out():
                return SignOut(Phrase("staff.goodbye"))
            case str() if "staff_members" in offered:
                return await self._find(given)
        return Go("home")

    async def _find(self, typed: str) -> Outcome:
        try:
            return Leave("staff_members", results_of(await self.finding.begin(self.visit, typed)))
        except TooShort:
            return Go("home", notice=TOO_SHORT)

    async def _entry(self, employee: Employee) -> Phrase:
        session_id = session_of(self.visit).id
        before = await self.employees.previous_entry(employee.id, session_id)
        if before is None:
            return Phrase("staff.entry.first")
        return Phrase("staff.entry.again", {"moment": before})

    async def _waiting(self, duties: Iterable[Duty]) -> tuple[Phrase, ...]:
        counts = [(duty, await self.workload.waiting(duty)) for duty in duties]
        lines = (_line(duty, count) for duty, count in counts if count)
        return tuple(lines) or (Phrase("staff.waiting.nothing"),)


def _functions_of(employee: Employee) -> dict[str, Duty]:
    return {flow: duty for flow, duty in FUNCTIONS.items() if employee.role in ROLES[duty]}


def _line(duty: Duty, count: int) -> Phrase:
    return Phrase(plural(f"staff.waiting.{duty}", count), {"count": count})
