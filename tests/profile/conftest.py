import pytest

from storage.database import Database
from tests.profile.world import World, furnish


@pytest.fixture
async def world(database: Database) -> World:
    return await furnish(database)
