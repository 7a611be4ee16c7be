"""Whole journeys: the real flows in two replicas, a sandbox for Telegram, a mailbox."""

from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack
from datetime import date
from pathlib import Path

import pytest

from bot.app import Flows
from bot.sandbox.sandbox import Sandbox
from domain.access.shuffle import Shuffle
from domain.cooperative import Cooperative
from domain.money import Centavos
from storage.cooperative_file import read_cooperative
from storage.database import Database
from storage.pins import ArgonPins
from storage.secrets import Secrets
from tests.journeys.member import MemberPhone, World
from tests.journeys.replicas import CHECKED_AT, Replica, open_replica
from tests.offices import HandClock, sink
from tests.statement_rows import add_member, add_movements, add_product

COOPERATIVE = Path(__file__).parents[2] / "storage" / "demo" / "cooperativa.toml"


@pytest.fixture
def cooperative() -> Cooperative:
    return read_cooperative(COOPERATIVE)


@pytest.fixture
async def world(
    database: Database, database_url: str, cooperative: Cooperative
) -> AsyncIterator[World]:
    """Two members, two replicas that take turns, a mailbox; e-mails leave at `world.post()`."""
    clock = HandClock()
    async with database.unit() as connection:
        for member_id, birth in ((1, date(1958, 4, 12)), (2, date(1960, 3, 5))):
            row = {"birth_date": birth, "email": f"m{member_id}@correo.example"}
            await add_member(connection, member_id, **row, first_loaded_at=clock.now())
        await add_product(connection, 1, 10, "contribution", balance=Centavos(123_456_700))
        await add_product(connection, 1, 11, "demand", balance=Centavos(5_000_050))
        await add_product(connection, 2, 20, "demand", balance=Centavos(99_900))
        entries = ((date(2026, 10, 5), "Abono", 5_000_050),)
        await add_movements(connection, 11, *entries)
    secrets = Secrets(bytes(range(32)))
    flows = Flows(cooperative, secrets, ArgonPins(secrets), Shuffle(secrets.shuffle), CHECKED_AT)
    async with AsyncExitStack() as stack:
        sandbox = await stack.enter_async_context(Sandbox())
        replicas: Sequence[Replica] = [
            await stack.enter_async_context(
                open_replica(sandbox, database_url, flows.repertoire(), cooperative, secrets, clock)
            )
            for _ in range(2)
        ]
        await sandbox.connect(*(sink(replica.office) for replica in replicas))
        yield World(sandbox, replicas, clock, database, cooperative)


@pytest.fixture
def phone(world: World) -> MemberPhone:
    return world.member(7)
