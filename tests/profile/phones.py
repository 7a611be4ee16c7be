"""A member and verifiers at their phones, with the real flows."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import insert, select

from bot.app import Flows
from bot.repertoire import Repertoire
from bot.sandbox.sandbox import Sandbox
from domain.access.shuffle import Shuffle
from domain.conversation import Session, Visit
from domain.staff.people import Employee, Role
from handlers.kit.flow import Data, Flow, Input, Outcome, SignIn, Step
from handlers.kit.screen import Screen
from storage.access.sessions import NewSessionRepository
from storage.cooperative_file import read_cooperative
from storage.database import Database
from storage.pins import ArgonPins
from storage.schema import staff
from storage.secrets import Secrets
from storage.unit import Unit
from tests.journeys.conftest import COOPERATIVE
from tests.journeys.member import CODE, MemberPhone, World
from tests.journeys.replicas import open_replica
from tests.offices import HandClock, sink
from tests.statement_rows import add_member

SECRETS = Secrets(bytes(range(32)))
MEMBER_PHONE, VERIFIER_PHONE, OTHER_PHONE, OWN_PHONE = 7, 21, 22, 23
NEW_EMAIL = "nueva@correo.example"


@dataclass(frozen=True, slots=True)
class Badge:
    """Lets the employee of this account in, without their authenticator."""

    unit: Unit
    visit: Visit

    def flow(self) -> Flow:
        return Flow("badge", 1, "door", {"door": Step(self.show, self.answer)})

    async def show(self, data: Data) -> Screen:
        return Screen("help.text", dict.fromkeys(("phone", "hours", "email", "city", "address")))

    async def answer(self, data: Data, given: Input) -> Outcome:
        visit, mine = self.visit, staff.c.telegram_id == self.visit.telegram_id
        row = (await self.unit.connection.execute(select(staff).where(mine))).one()
        employee = Employee(row.id, row.name, Role(row.role), row.member_id)
        key = f"{row.id}-{visit.now.timestamp()}"
        session = Session(key, None, visit.chat_id, visit.telegram_id, visit.now, employee)
        await NewSessionRepository(self.unit.connection).begin(session)
        return SignIn(session)


def with_badges(office: Repertoire) -> Repertoire:
    """The office, and a side door for the employees of a test (tests of entering are elsewhere)."""
    flows = {**office.flows, "badge": lambda u, v: Badge(u, v).flow()}
    return replace(office, flows=flows, commands={**office.commands, "badge": "badge"})


@dataclass(frozen=True, slots=True)
class Person(MemberPhone):
    """Whoever holds a phone: taps by words, reads everything on it."""

    @property
    def lines(self) -> list[str]:
        """All messages of the bot, oldest first."""
        return [m["text"] for m in self.phone.messages if not m["out"] and "text" in m]

    @property
    def typed(self) -> list[str]:
        """What this person wrote and is still in the chat."""
        return [m["text"] for m in self.phone.messages if m["out"] and "text" in m]

    async def tap(self, start: str) -> None:
        """Tap the newest button whose label contains the words, in a screen or a note."""
        boards = [m.get("reply_markup", {}) for m in reversed(self.phone.messages)]
        rows = [row for board in boards for row in board.get("inline_keyboard", [])]
        labels = [button["text"] for row in rows for button in row]
        await self.phone.tap(next((label for label in labels if start in label), start))

    async def go(self, *labels: str) -> "Person":
        for label in labels:
            await self.tap(label)
        return self

    async def work(self) -> "Person":
        """Enter as an employee."""
        await self.say("/badge")
        await self.say("here")
        return self


async def staff_row(database: Database, telegram_id: int, member_id: int | None = None) -> None:
    values = {"id": telegram_id, "name": f"Empleado {telegram_id}", "role": "verifier"}
    more = {"telegram_id": telegram_id, "member_id": member_id, "created_at": HandClock().now()}
    async with database.unit() as connection:
        await connection.execute(insert(staff).values(values | more))


@asynccontextmanager
async def open_world(
    database: Database, url: str, members: Sequence[int] = (1, 2)
) -> AsyncIterator[World]:
    """Two members and three verifiers, one of them a member; nobody has entered yet."""
    clock, cooperative = HandClock(), read_cooperative(COOPERATIVE)
    async with database.unit() as connection:
        for member_id in members:
            row = {"email": f"m{member_id}@correo.example", "mobile": "+573104567890"}
            born = {"birth_date": date(1958, 4, 12), "municipality": "Tunja"}
            loaded = {"first_loaded_at": clock.now()}
            await add_member(connection, member_id, **row, **born, **loaded)
    for telegram_id in (VERIFIER_PHONE, OTHER_PHONE, OWN_PHONE):
        await staff_row(database, telegram_id, 1 if telegram_id == OWN_PHONE else None)
    flows = Flows(cooperative, SECRETS, ArgonPins(SECRETS), Shuffle(SECRETS.shuffle))
    repertoire = with_badges(flows.repertoire())
    async with (
        Sandbox() as sandbox,
        open_replica(sandbox, url, repertoire, cooperative, SECRETS, clock) as replica,
    ):
        await sandbox.connect(sink(replica.office))
        world = World(sandbox, [replica, replica], clock, database, cooperative)
        for telegram_id in (VERIFIER_PHONE, OTHER_PHONE, OWN_PHONE):
            await person(world, telegram_id).say("/start")
        yield world


def person(world: World, telegram_id: int) -> Person:
    return Person(world, world.sandbox.phone(telegram_id, "Ana"))


async def inside(world: World) -> Person:
    """The member, entered."""
    maria = person(world, MEMBER_PHONE)
    await maria.first_entry()
    return maria


def newest_code(world: World, address: str) -> str:
    found = [CODE.search(mail.text) for mail in world.mails(address)]
    return [match[1] for match in found if match][-1]


async def send_with_code(maria: Person, *boxes: str) -> None:
    """Tick the declarations, send, and type the code."""
    for box in boxes or ("Son datos verdaderos",):
        await maria.tap(f"⬜ {box}")
    await maria.tap("Enviar mi solicitud")
    await maria.world.post()
    if "Comprobemos que es usted" in maria.screen:
        await maria.say(newest_code(maria.world, "m1@correo.example"))
