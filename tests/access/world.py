"""A cooperative, its members at their phones, and the mail server, without Telegram."""

import html as markup
import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.access_flows import AccessFlows
from bot.app import COMMANDS
from bot.incoming import Incoming, Tap
from bot.render import body, pack
from bot.repertoire import FlowBuilder, Repertoire
from bot.turn import Turn
from bot.view import View
from bot.visits import visit_of
from domain.access.doorway import Doorway, ResetDoorway
from domain.access.letters import Enclosure
from domain.access.seals import Seal
from domain.access.shuffle import Shuffle
from domain.access.totp import Holder, Seed, new_seed
from domain.certificates.certificate import Certificate
from domain.conversation import Session, Visit
from domain.cooperative import Cooperative, DataProcessing, Policies
from handlers.entry.flow import EntryFlow
from handlers.entry.robot import RobotStep
from handlers.kit.texts import html, plain
from handlers.letters import CooperativeLetters
from handlers.menu import MenuFlow
from storage.access.doorway import doorway
from storage.access.totp import AuthenticatorRepository
from storage.database import Database
from storage.greetings import GreetingRepository
from storage.post.delivery import Delivery
from storage.post.sender import Postman
from storage.post.server import SmtpServer
from storage.post.writing import Writer
from storage.schema import credential, member
from storage.secrets import Secrets
from storage.unit import Unit, unit_of_work
from tests.access.mailbox import Mailbox
from tests.offices import HandClock

COOPERATIVE = Cooperative(
    name="Cooperativa El Tablero",
    short_name="El Tablero",
    nit="900123456-8",
    address="Calle 20 # 9-90",
    city="Tunja",
    phone="608 740 0000",
    email="servicios@eltablero.example",
    hours="lunes a viernes",
    website="www.eltablero.example",
    data_processing=DataProcessing("2026-1", "eltablero.example/datos", "datos@eltablero.example"),
)
NO_PAUSE = {"pin_pause": timedelta(0), "pin_pause_longest": timedelta(0)}
BORN = date(1958, 3, 5)
FIRST_KEY = "19580305"
PIN = "4831"
DoorwayBuilder = Callable[[AsyncConnection, Secrets, Any, Policies], Doorway]


class NothingToPrint:
    """Entering needs no papers."""

    async def print(self, certificate: Certificate) -> Enclosure:
        raise AssertionError(certificate.folio)


@dataclass
class World:
    database: Database
    mailbox: Mailbox
    smtp_port: int
    pins: Any
    secrets: Secrets = field(default_factory=lambda: Secrets(b"k" * 32))
    clock: HandClock = field(default_factory=HandClock)
    policies: Policies = COOPERATIVE.policies
    open_doorway: DoorwayBuilder = doorway
    change_reset: Callable[[ResetDoorway, AsyncConnection], ResetDoorway] = lambda door, _: door

    @property
    def shuffle(self) -> Shuffle:
        return Shuffle(self.secrets.shuffle)

    @property
    def flows(self) -> dict[str, FlowBuilder]:
        return {**self.access.builders(), "entry": self._entry, "menu": _menu}

    @property
    def access(self) -> AccessFlows:
        cooperative = replace(COOPERATIVE, policies=self.policies)
        return AccessFlows(cooperative, self.secrets, self.pins, self.shuffle)

    @property
    def repertoire(self) -> Repertoire:
        return Repertoire(self.flows, self.access.notes(), self.access.presses(), COMMANDS)

    @property
    def postman(self) -> Postman:
        letters = CooperativeLetters(COOPERATIVE, "@eltablero_bot")
        seal = Seal(self.secrets.codes)
        writer = Writer(letters, seal, self.policies, self.clock)
        server = SmtpServer("127.0.0.1", self.smtp_port)
        delivery = Delivery(server, "El Tablero <no-responder@eltablero.example>")
        return Postman(self.database, writer, delivery, NothingToPrint(), self.policies, self.clock)

    def with_policies(self, **changed: Any) -> None:
        """Other limits, so that one can be met without the others."""
        self.policies = replace(self.policies, **changed)

    async def deliver(self) -> None:
        """Send all that is due."""
        while await self.postman.run_once():
            pass

    async def enrol(
        self,
        number: str = "40123123",
        pin: str | None = PIN,
        bound: int | None = None,
        access: dict[str, Any] | None = None,
        **columns: Any,
    ) -> int:
        """A member, with a PIN and a bound account where they are given."""
        async with self.database.unit() as connection:
            row = _MEMBER | {"number": number, "document_number": number}
            row |= {"first_loaded_at": self.clock.now()} | columns
            member_id = int(
                (
                    await connection.execute(insert(member).values(row).returning(member.c.id))
                ).scalar_one()
            )
            kept: dict[str, Any] = {"member_id": member_id, "telegram_id": bound} | (access or {})
            if pin is not None:
                stored = await self.pins.hash(member_id, pin)
                kept |= {"pin_hash": stored.hash, "pin_key_version": stored.key_version}
            if pin is not None or bound is not None or access:
                await connection.execute(insert(credential).values(kept))
        return member_id

    async def give_app(self, member_id: int) -> Seed:
        """An authenticator that has been confirmed; its seed."""
        async with self.database.unit() as connection:
            kept = AuthenticatorRepository(connection, self.secrets.seeds)
            seed, holder, now = new_seed(), Holder(member_id=member_id), self.clock.now()
            await kept.begin(holder, seed, now)
            await kept.confirm(holder, 1, now)
        return seed

    async def id_of(self, connection: AsyncConnection, number: str) -> int | None:
        """The member of that document."""
        found = select(member.c.id).where(member.c.document_number == number)
        return (await connection.execute(found)).scalar()

    async def rows(self, table: Any) -> list[Any]:
        async with self.database.unit() as connection:
            return list(await connection.execute(select(table)))

    async def change(self, table: Any, **values: Any) -> None:
        """Set these columns in every row."""
        async with self.database.unit() as connection:
            await connection.execute(update(table).values(values))

    def person(self, telegram_id: int) -> "Person":
        return Person(self, telegram_id)

    def _entry(self, unit: Unit, visit: Visit) -> Any:
        steps = self.open_doorway(unit.connection, self.secrets, self.pins, self.policies)
        cooperative = replace(COOPERATIVE, policies=self.policies)
        return EntryFlow(visit, steps, self.shuffle, cooperative).flow()


def _menu(unit: Unit, visit: Visit) -> Any:
    return MenuFlow(visit, GreetingRepository(unit.connection)).flow()


_MEMBER = {
    "document_type": "CC",
    "first_names": "ROSA",
    "surnames": "PINZON",
    "birth_date": BORN,
    "email": "rosa@correo.example",
    "mobile": "3104567890",
    "status": "active",
    "as_of": date(2026, 10, 31),
}


@dataclass
class Person:
    """Somebody with a phone: types, taps what is on the screen, and remembers what was shown."""

    world: World
    telegram_id: int
    shown: list[str] = field(default_factory=list)
    view: View | None = None
    data: dict[str, Any] = field(default_factory=dict)
    session: Session | None = None
    even: list[bool] = field(default_factory=list)
    _updates: int = 0

    @property
    def screen(self) -> str:
        """The last screen as text, without markup."""
        assert self.view
        return markup.unescape(re.sub(r"<[^>]+>", "", body(self.view)))

    @property
    def buttons(self) -> list[str]:
        assert self.view
        return [plain(b.label, b.params) for row in self.view.screen.rows for b in row]

    def callback(self, label: str) -> str:
        """The callback data of the first button whose label holds that text."""
        assert self.view
        every = [b for row in self.view.screen.rows for b in row]
        found = [b for b in every if label in plain(b.label, b.params)]
        assert found, f"no {label!r} among {self.buttons}"
        return pack(found[0].tap, self.view.run)

    async def say(self, text: str) -> None:
        await self._turn(text=text)

    async def tap(self, label: str) -> None:
        await self.send(self.callback(label))

    async def send(self, callback_data: str) -> None:
        """Press a button as any client could, shown or not."""
        await self._turn(tap=Tap("q", callback_data))

    async def _turn(self, text: str | None = None, tap: Tap | None = None) -> None:
        self._updates += 1
        me = self.telegram_id
        incoming = Incoming(self._updates, me, me, True, self._updates, text, tap=tap)
        async with unit_of_work(self.world.database) as unit:
            conversation = await unit.conversations.hold(me)
            visit = visit_of(conversation, me, self.world.clock.now())
            world = self.world
            turn = Turn(world.repertoire, world.policies, unit, conversation, visit)
            await turn.play(incoming)
            self.view = await turn.view()
            if turn.farewell is None:
                await unit.conversations.save(conversation)
            else:
                await unit.conversations.forget(me)
        self.data, self.session = dict(conversation.data), conversation.session
        self.even.append(self.view.even)
        self.shown.append("\n".join([self.screen, *self.buttons]))

    async def authorise(self) -> None:
        await self.say("/start")
        await self.tap("Entrar")
        if "Sí, autorizo" in " ".join(self.buttons):
            await self.tap("Sí, autorizo")

    async def give_document(self, number: str) -> None:
        await self.authorise()
        await self.tap("Cédula de ciudadanía")
        await self.say(number)

    async def press(self, digits: str, submit: str = "Entrar") -> None:
        for digit in digits:
            await self.tap(digit)
        await self.tap(submit)

    async def be_human(self) -> None:
        """Touch the picture that is asked for."""
        await self.tap(self.picture())

    def picture(self, right: bool = True) -> str:
        step = RobotStep(None, None, self.world.shuffle)  # type: ignore[arg-type]
        names, asked = step.board(self.data)
        return html(f"entry.picture.{names[asked if right else asked - 1]}.face")

    async def ask_code(self, number: str, pin: str) -> None:
        """From the start to the screen that asks for the code."""
        await self.give_document(number)
        await self.press(pin)
        await self.be_human()

    async def enter(self, number: str, pin: str = PIN) -> str:
        """A whole entry; the code that served."""
        await self.ask_code(number, pin)
        await self.world.deliver()
        code = self.world.mailbox.codes[-1]
        await self.say(code)
        return code
