"""A visitor and the teacher in front of the simulators of the made-up cooperative."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.conversation import Session, Visit
from domain.cooperative import Cooperative
from domain.products.refusals import Refusal
from domain.staff.people import Employee, Role
from handlers.help import HelpFlow
from handlers.simulation.cdat_flow import CdatSimulationFlow
from handlers.simulation.credit_flow import CreditSimulationFlow
from handlers.simulation.hub import SimulatorsFlow
from handlers.simulation.interest import LeadOffice
from handlers.simulation.people import Person
from handlers.simulation.quoting import quoting
from storage.access.doorway import authorisation
from storage.cooperative_file import read_cooperative
from storage.database import Database
from storage.leads.desk import sending
from storage.means import MeansRepository
from tests.handlers.reading import Reader
from tests.keys import CHAIN
from tests.leads.world import Told
from tests.statement_rows import add_teacher

DEMO = Path(__file__).parents[2] / "storage" / "demo" / "cooperativa.toml"
EMPLOYEE = Employee(1, "Clara", Role.SUPPORT)


@dataclass
class Room:
    """Whoever sits down here simulates; what is refused for the cooperative's fault is kept."""

    connection: AsyncConnection
    now: datetime
    cooperative: Cooperative = field(default_factory=lambda: read_cooperative(DEMO))
    notes: Told = field(default_factory=Told)
    reported: list[Refusal] = field(default_factory=list)

    def visitor(self) -> Reader:
        return self._reader(Visit(70, 70, self.now))

    def member(self, member_id: int = 1) -> Reader:
        session = Session("this-entry", member_id, 7, 7, self.now)
        return self._reader(Visit(7, 7, self.now, session))

    def employee(self) -> Reader:
        session = Session("this-entry", None, 9, 9, self.now, EMPLOYEE)
        return self._reader(Visit(9, 9, self.now, session))

    def without(self, **tables: object) -> "Room":
        """The same room where these tables of figures say something else."""
        products = self.cooperative.products
        changed = replace(products, tables=replace(products.tables, **tables))
        self.cooperative = replace(self.cooperative, products=changed)
        return self

    def without_rate(self, line: str, days: int) -> None:
        """The CDAT line of that id has no rate for that term."""
        products = self.cooperative.products
        cdats = tuple(
            replace(each, bands=tuple(b for b in each.bands if not b.terms.holds(days)))
            if each.id == line
            else each
            for each in products.cdats
        )
        self.cooperative = replace(self.cooperative, products=replace(products, cdats=cdats))

    def without_lines(self) -> None:
        """The cooperative offers nothing."""
        bare = replace(self.cooperative.products, cdats=(), credits=())
        self.cooperative = replace(self.cooperative, products=bare)

    def _reader(self, visit: Visit) -> Reader:
        person = Person(visit, MeansRepository(self.connection))
        sent = sending(self.connection, self.notes, self.cooperative.policies.leads_per_day)
        office = LeadOffice(sent, authorisation(self.connection), self.cooperative)
        quotes = quoting(self.cooperative.products)
        flows = [
            SimulatorsFlow(),
            CreditSimulationFlow(person, office, self.reported.append, quotes),
            CdatSimulationFlow(person, office, self.reported.append, quotes),
            HelpFlow(self.cooperative),
        ]
        made = {flow.name: flow for flow in (each.flow() for each in flows)}
        return Reader(made | {"menu": replace(made["help"], name="menu")})


@pytest.fixture
async def connection(sqlite_url: str) -> AsyncIterator[AsyncConnection]:
    """A database with the teacher of `statement_rows`, member 1."""
    database = Database(sqlite_url, CHAIN)
    async with database.unit() as opened:
        await add_teacher(opened)
        yield opened
    await database.close()


@pytest.fixture
def room(connection: AsyncConnection, now: datetime) -> Room:
    return Room(connection, now)
