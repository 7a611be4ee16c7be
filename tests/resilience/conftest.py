"""The journeys' world, with replicas that can be replaced and taps that come at once."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack

import pytest

from bot.app import Flows
from domain.access.shuffle import Shuffle
from storage.pins import ArgonPins
from storage.secrets import Secrets
from tests.journeys.conftest import cooperative, phone, world
from tests.journeys.replicas import CHECKED_AT, open_replica
from tests.offices import sink

__all__ = ["cooperative", "phone", "restart", "world"]

Restart = Callable[[], Awaitable[None]]


@pytest.fixture
async def restart(world, database_url) -> AsyncIterator[Restart]:
    """Hand the chats over to a new replica that knows nothing but the database."""
    async with AsyncExitStack() as stack:

        async def begin_again() -> None:
            secrets = Secrets(bytes(range(32)))
            flows = Flows(
                world.cooperative, secrets, ArgonPins(secrets), Shuffle(secrets.shuffle), CHECKED_AT
            )
            fresh = await stack.enter_async_context(
                open_replica(
                    world.sandbox,
                    database_url,
                    flows.repertoire(),
                    world.cooperative,
                    secrets,
                    world.clock,
                )
            )
            await world.sandbox.connect(sink(fresh.office))

        yield begin_again
        await world.sandbox.disconnect()
