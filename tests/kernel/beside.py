"""A repertoire that uses what lies beside the conversation."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import select

from bot.repertoire import Press as Pressed
from bot.repertoire import Repertoire
from domain.conversation import Session, Visit
from domain.staff.people import Employee, Role
from handlers.kit.callbacks import Standing
from handlers.kit.flow import (
    Access,
    Contact,
    Data,
    Delivery,
    Flow,
    Go,
    Input,
    Leave,
    Outcome,
    SignIn,
    SignOut,
    Step,
)
from handlers.kit.screen import Attachment, Button, Phrase, Screen
from storage.access.sessions import NewSessionRepository
from storage.schema import allowance, staff
from storage.unit import Unit
from tests.kernel.sample import FLOWS, Money, Press, screen

BADGE = 9


@dataclass(frozen=True, slots=True)
class Attend(Standing):
    prefix = "tat"
    number: int


def literal(value: str) -> Phrase:
    return Phrase("test.literal", {"value": value})


async def used(unit: Unit, subject: str) -> int:
    count = select(allowance.c.used).where(allowance.c.subject == subject)
    return await unit.connection.scalar(count) or 0


async def write_request(unit: Unit, visit: Visit, params: Mapping[str, Any]) -> Screen | None:
    """A request that says whether somebody attended to it; one of nobody says nothing."""
    if params["number"] == 0:
        return None
    done = await used(unit, f"request:{params['number']}")
    words = f"request {params['number']}: {'attended' if done else 'waiting'}"
    rows = ((Button("test.literal", Attend(params["number"]), {"value": "attend"}),),)
    return Screen("test.literal", {"value": words}, () if done else rows)


def attend(unit: Unit, visit: Visit) -> Pressed:
    async def press(given: Standing) -> Leave | SignOut | Phrase:
        assert isinstance(given, Attend)
        match given.number:
            case 77:
                return Leave("asking")
            case 88:
                return SignOut(literal("out you go"))
        await unit.connection.execute(
            allowance.insert().values(
                subject=f"request:{given.number}", window_start=visit.now, used=1
            )
        )
        await unit.notes.refresh(f"request:{given.number}", visit.now)
        return literal("thank you")

    return press


async def arrive(unit: Unit, visit: Visit, argument: str) -> Leave | None:
    return Leave("asking", notice=literal("by a link")) if argument == "good-link" else None


@dataclass(frozen=True, slots=True)
class Asking:
    """A question that only one's own contact answers."""

    unit: Unit
    visit: Visit

    def flow(self) -> Flow:
        steps = {"ask": Step(self.show, self.answer, contact=True)}
        return Flow("asking", 1, "ask", steps)

    async def show(self, data: Data) -> Screen:
        said = data.get("said", "nothing")
        rows = ((Button("test.literal", Attend(5), {"value": "rather not"}),),)
        return Screen("test.literal", {"value": f"heard {said}"}, rows, share="test.share")

    async def answer(self, data: Data, given: Input) -> Outcome:
        match given:
            case Contact(telegram_id, phone):
                return Go("ask", {"said": f"{phone} of {telegram_id}"})
            case Attend():
                return Leave("menu", notice=literal("no contact"))
        return Go("ask", data, literal(f"not {given}"))


@dataclass(frozen=True, slots=True)
class Duty:
    """A door for employees; `roles` may go in."""

    unit: Unit
    visit: Visit
    name: str
    roles: frozenset[Role] = frozenset(Role)

    def flow(self) -> Flow:
        steps = {"duty": Step(self.show, self.answer)}
        return Flow(self.name, 1, "duty", steps, Access.STAFF, roles=self.roles)

    async def show(self, data: Data) -> Screen:
        return screen(f"{self.name} of {self.visit.session.employee.name}", "queue")

    async def answer(self, data: Data, given: Input) -> Outcome:
        return Leave("queue")


@dataclass(frozen=True, slots=True)
class Badge:
    """Lets the employee of the test in, and draws their badge before that."""

    unit: Unit
    visit: Visit

    def flow(self) -> Flow:
        steps = {"badge": Step(self.show, self.answer)}
        return Flow("badge", 1, "badge", steps, deliveries={"picture": self.picture})

    async def show(self, data: Data) -> Screen:
        return screen("your badge?", "here", "picture")

    async def picture(self, params: Data) -> Attachment:
        maker = "tests.kernel.sample:make_paper"
        return Attachment(maker, ("badge", self.visit.chat_id), "badge.txt", literal("a badge"))

    async def answer(self, data: Data, given: Input) -> Outcome:
        if given == Press("picture"):
            return Go("badge", {}, deliver=Delivery("picture"))
        visit = self.visit
        row = (await self.unit.connection.execute(select(staff))).one()
        employee = Employee(row.id, row.name, Role(row.role), row.member_id)
        session = Session("s" * 32, None, visit.chat_id, visit.telegram_id, visit.now, employee)
        await NewSessionRepository(self.unit.connection).begin(session)
        return SignIn(session)


REPERTOIRE = Repertoire(
    flows={
        **FLOWS,
        "asking": lambda u, v: Asking(u, v).flow(),
        "vault": lambda u, v: replace(Money(u, v).flow(), name="vault"),
        "badge": lambda u, v: Badge(u, v).flow(),
        "staff": lambda u, v: Duty(u, v, "staff").flow(),
        "queue": lambda u, v: Duty(u, v, "queue", frozenset({Role.SUPPORT})).flow(),
    },
    notes={"request": write_request},
    presses={Attend.prefix: attend},
    commands={"ask": "asking", "badge": "badge", "money": "vault", "queue": "queue"},
    arrive=arrive,
)
