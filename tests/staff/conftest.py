import pytest

from storage.database import Database
from tests.access.conftest import hurry
from tests.staff.world import Bureau


@pytest.fixture
async def bureau(database: Database) -> Bureau:
    """Some members and employees; no Telegram."""
    await hurry(database)
    return Bureau(database)
