"""A replica with its postman."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass

from bot.office import Office
from bot.printing import Printer
from bot.repertoire import FlowBuilder, Repertoire
from bot.sandbox.sandbox import Sandbox
from domain.access.seals import Seal
from domain.cooperative import Cooperative
from handlers.certificates.press import Press
from handlers.letters import CooperativeLetters
from storage.database import Database
from storage.post.delivery import Delivery
from storage.post.sender import Postman
from storage.post.server import SmtpServer
from storage.post.writing import Writer
from storage.secrets import Secrets
from tests.offices import HandClock, open_office

CHECKED_AT = "https://oficina.eltablero.example/v"


@dataclass(frozen=True, slots=True)
class Replica:
    office: Office
    postman: Postman


@asynccontextmanager
async def open_replica(
    sandbox: Sandbox,
    database_url: str,
    flows: Mapping[str, FlowBuilder] | Repertoire,
    cooperative: Cooperative,
    secrets: Secrets,
    clock: HandClock,
) -> AsyncIterator[Replica]:
    """One replica; its background work runs only when a test asks for it."""
    database = Database(database_url)
    letters = CooperativeLetters(cooperative, "@coopbot")
    writer = Writer(letters, Seal(secrets.codes), cooperative.policies, clock)
    delivery = Delivery(SmtpServer.parse(sandbox.smtp_url), "servicios@eltablero.example")
    async with open_office(sandbox, database_url, flows, clock) as office:
        press = Press(cooperative, Seal(secrets.certificates), CHECKED_AT)
        printer = Printer(press, office.workshop)
        postman = Postman(database, writer, delivery, printer, cooperative.policies, clock)
        yield Replica(office, postman)
    await database.close()
