"""A cooperative, its members at their phones, and the mail server, without Telegram."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.access_flows import AccessFlows
from bot.app import COMMANDS
from bot.repertoire import FlowBuilder, Repertoire
from domain.access.doorway import Doorway, ResetDoorway
from domain.access.letters import Enclosure
from domain.access.seals import Seal
from domain.access.shuffle import Shuffle
from domain.access.totp import Holder, Seed, new_seed
from domain.certificates.certificate import Certificate
from domain.conversation import Visit
from domain.cooperative import Cooperative, DataProcessing, Policies
from handlers.entry.flow import EntryFlow
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
from storage.unit import Unit
from tests.access.mailbox import Mailbox
from tests.access.person import PIN, Person
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

    def person(self, telegram_id: int) -> Person:
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
