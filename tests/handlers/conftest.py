"""A member with products, in front of the member's screens."""

from collections.abc import AsyncIterator
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.access.seals import Seal
from domain.conversation import Session, Visit
from domain.cooperative import Cooperative
from handlers.certificates.flow import CertificatesFlow
from handlers.certificates.press import Press
from handlers.help import HelpFlow
from handlers.menu import MenuFlow
from handlers.statement.printing import PrintingFlow
from handlers.statement.products import ProductsFlow
from handlers.statement.summary import StatementFlow
from storage.access.doorway import step_up
from storage.certificates.desk import issuing, mailing
from storage.cooperative_file import read_cooperative
from storage.database import Database
from storage.greetings import GreetingRepository
from storage.secrets import Secrets
from storage.statements import StatementRepository
from tests.handlers.reading import Reader
from tests.keys import CHAIN
from tests.statement_rows import add_teacher

SECRETS = Secrets(b"k" * 32)
DEMO = Path(__file__).parents[2] / "storage" / "demo" / "cooperativa.toml"


@pytest.fixture
async def connection(sqlite_url: str) -> AsyncIterator[AsyncConnection]:
    """A database with the teacher of `statement_rows`, member 1."""
    database = Database(sqlite_url, CHAIN)
    async with database.unit() as opened:
        await add_teacher(opened)
        yield opened
    await database.close()


def reader_of(connection: AsyncConnection, member_id: int, now: datetime) -> Reader:
    """That member, entered."""
    visit = Visit(7, 7, now, Session("this-entry", member_id, 7, 7, now))
    statements = StatementRepository(connection)
    cooperative = read_cooperative(DEMO)
    flows = (
        MenuFlow(visit, GreetingRepository(connection)),
        HelpFlow(cooperative),
        StatementFlow(visit, statements),
        ProductsFlow(visit, statements),
        PrintingFlow(visit, statements, cooperative),
        certificates_of(connection, visit, cooperative),
    )
    return Reader({made.flow().name: made.flow() for made in flows})


def certificates_of(
    connection: AsyncConnection, visit: Visit, cooperative: Cooperative
) -> CertificatesFlow:
    policies = cooperative.policies
    proof = step_up(connection, SECRETS, policies)
    press = Press(cooperative, Seal(SECRETS.certificates), None)
    mail = mailing(connection, policies)
    return CertificatesFlow(visit, issuing(connection), mail, proof, press)


@pytest.fixture
def reader(connection: AsyncConnection, now: datetime) -> Reader:
    """The teacher, entered."""
    return reader_of(connection, 1, now)
