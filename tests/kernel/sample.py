"""A small flow that uses everything the kernel offers."""

import secrets
from dataclasses import dataclass

from sqlalchemy import insert, select, update

from domain.conversation import Session, Visit
from handlers.kit.callbacks import Callback
from handlers.kit.flow import (
    Access,
    Data,
    Delivery,
    Flow,
    Forget,
    Go,
    Input,
    Leave,
    Outcome,
    SignIn,
    SignOut,
    Step,
)
from handlers.kit.screen import Attachment, Button, Phrase, Screen
from storage.schema import allowance, member, session
from storage.unit import Unit

COLUMNS = ("id", "member_id", "chat_id", "telegram_id", "started_at")


@dataclass(frozen=True, slots=True)
class Press(Callback):
    prefix = "tst"
    what: str


def screen(text: str, *labels: str) -> Screen:
    rows = tuple((Button("test.literal", Press(x), {"value": x}),) for x in labels)
    return Screen("test.literal", {"value": text}, rows)


@dataclass(frozen=True, slots=True)
class Counter:
    """Counts presses, in its data and in a table, so that a press counted twice shows."""

    unit: Unit
    visit: Visit

    def flow(self) -> Flow:
        steps = {"count": Step(self.show, self.answer), "secret": Step(self.ask, self.keep, True)}
        return Flow("welcome", 1, "count", steps)

    async def show(self, data: Data) -> Screen:
        return screen(
            f"count {data.get('n', 0)}", "more", "secret", "enter", "break", "bye", "menu"
        )

    async def answer(self, data: Data, given: Input) -> Outcome:
        match given:
            case Press("more"):
                await self._tally()
                return Go("count", {"n": data.get("n", 0) + 1})
            case Press("secret"):
                return Go("secret", data)
            case Press("enter"):
                return SignIn(await self._session())
            case Press("bye"):
                return Forget(screen("nothing kept"))
            case Press("menu"):
                return Leave("menu")
            case Press("break"):
                await self._tally()
                raise RuntimeError("broken on purpose")
        return Go("count", data, Phrase("test.literal", {"value": f"you said {given}"}))

    async def ask(self, data: Data) -> Screen:
        return screen("tell me")

    async def keep(self, data: Data, given: Input) -> Outcome:
        return Go("count", data)

    async def _tally(self) -> None:
        key = f"chat:{self.visit.chat_id}"
        raised = (
            update(allowance)
            .where(allowance.c.subject == key)
            .values(used=allowance.c.used + 1)
            .returning(allowance.c.used)
        )
        if (await self.unit.connection.execute(raised)).first() is None:
            row = {"subject": key, "window_start": self.visit.now, "used": 1}
            await self.unit.connection.execute(insert(allowance).values(row))

    async def _session(self) -> Session:
        chat, now = self.visit.chat_id, self.visit.now
        connection = self.unit.connection
        found = await connection.scalar(select(member.c.id).where(member.c.number == "1"))
        ended = {"ended_at": now, "end_reason": "entered_elsewhere"}
        await connection.execute(
            update(session)
            .where(session.c.member_id == found, session.c.ended_at.is_(None))
            .values(ended)
        )
        opened = Session(secrets.token_hex(16), int(found or 0), chat, self.visit.telegram_id, now)
        row = {name: getattr(opened, name) for name in COLUMNS}
        await connection.execute(insert(session).values(row))
        return opened


@dataclass(frozen=True, slots=True)
class Money:
    """A flow for members only."""

    unit: Unit
    visit: Visit

    def flow(self) -> Flow:
        step = Step(self.show, self.answer)
        return Flow("menu", 1, "menu", {"menu": step}, Access.MEMBER, {"paper": self.paper})

    async def show(self, data: Data) -> Screen:
        return screen("you have $ 1.000", "paper", "out", "again")

    async def answer(self, data: Data, given: Input) -> Outcome:
        match given:
            case Press("paper"):
                return Go("menu", {}, deliver=Delivery("paper", {"title": "one"}))
            case Press("out"):
                return SignOut()
        return Go("menu", {})

    async def paper(self, params: Data) -> Attachment:
        values = (params["title"], self.visit.chat_id)
        caption = Phrase("test.literal", {"value": "the paper"})
        return Attachment("tests.kernel.sample:make_paper", values, "paper.txt", caption)


def make_paper(title: str, chat_id: int) -> bytes:
    return f"{title} for {chat_id}".encode()


FLOWS = {
    "welcome": lambda unit, visit: Counter(unit, visit).flow(),
    "help": lambda unit, visit: Counter(unit, visit).flow(),
    "menu": lambda unit, visit: Money(unit, visit).flow(),
}
