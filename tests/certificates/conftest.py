import pytest

from storage.database import Database
from tests.certificates.rows import add_withholding
from tests.certificates.world import World
from tests.statement_rows import add_member


@pytest.fixture
async def world(database: Database) -> World:
    """Members 1 and 2, from whom something was withheld in 2025, and 3, from whom nothing was."""
    async with database.unit() as connection:
        for member_id in (1, 2, 3):
            await add_member(connection, member_id, email=f"m{member_id}@correo.example")
        await add_withholding(connection, 1)
        await add_withholding(connection, 2, amount=14_000_00)
    return World(database)
