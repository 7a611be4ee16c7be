"""An employee enters with a code of the authenticator."""

from dataclasses import dataclass

from domain.access.codes import read_code
from domain.access.totp import Verdict
from domain.conversation import Session, Visit
from domain.cooperative import Cooperative
from domain.staff.entering import NoEmployee, StaffEntry
from handlers.kit.callbacks import Callback
from handlers.kit.flow import Data, Flow, Go, Input, Leave, Outcome, SignIn, Step
from handlers.kit.screen import Button, Phrase, Rows, Screen

WELCOME = Leave("welcome")


@dataclass(frozen=True, slots=True)
class Away(Callback):
    prefix = "sea"


@dataclass(frozen=True, slots=True)
class StaffEntryFlow:
    visit: Visit
    entry: StaffEntry
    cooperative: Cooperative

    def flow(self) -> Flow:
        step = Step(self.show, self.answer, discreet=True)
        return Flow("staff_entry", version=1, first="code", steps={"code": step})

    async def show(self, data: Data) -> Screen:
        """The code is asked for; to anybody else it says who may come in here."""
        try:
            employee = await self.entry.employee(self.visit)
        except NoEmployee:
            return Screen("staff_entry.nobody", rows=_away("staff_entry.begin"))
        params = {"name": employee.name, "short_name": self.cooperative.short_name}
        return Screen("staff_entry.code", params, _away("staff_entry.cancel"))

    async def answer(self, data: Data, given: Input) -> Outcome:
        """The code, or away."""
        if isinstance(given, Away):
            return WELCOME
        code = read_code(given) if isinstance(given, str) else None
        if code is None:
            return Go("code", data, Phrase("staff_entry.malformed"))
        try:
            entered = await self.entry.enter(self.visit, code)
        except NoEmployee:
            return Go("code", data)
        if isinstance(entered, Session):
            return SignIn(entered)
        return Go("code", data, _refusal(entered))


def _refusal(verdict: Verdict) -> Phrase:
    return Phrase(f"staff_entry.{verdict.value}")


def _away(label: str) -> Rows:
    return ((Button(label, Away()),),)
