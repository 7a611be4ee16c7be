"""The demo's own program: pushes what the chat page's form says, over HTTP like any other."""

from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from aiohttp import ClientError, ClientSession

from bot.sandbox.pushing import Answer, Choice, PushForm
from domain.clock import Clock
from domain.notifications.api_keys import Scope, new_key
from domain.notifications.buttons import Opens
from domain.notifications.categories import Category
from handlers.kit.texts import plain
from storage.database import Database
from storage.notifications.api_keys import ApiKeyRepository

CLIENT = "demo"


@dataclass(frozen=True, slots=True)
class DemoProgram:
    """`root`: where the office's HTTP side listens."""

    root: str
    key: str = field(repr=False)

    async def push(self, asked: dict[str, Any]) -> Answer:
        """Post it under a name of its own; what the push API answered."""
        headers = {"Authorization": f"Bearer {self.key}", "Idempotency-Key": str(uuid4())}
        body = {**asked, "external_id": f"demo-{uuid4()}"}
        url = f"{self.root}/v1/notifications"
        try:
            async with (
                ClientSession() as session,
                session.post(url, json=body, headers=headers) as response,
            ):
                return Answer(response.status, await response.json(content_type=None))
        except ClientError as error:
            return Answer(503, {"detail": type(error).__name__})


async def demo_key(database: Database, clock: Clock, scopes: frozenset[Scope]) -> str:
    """A key that may do that."""
    key = new_key()
    async with database.unit() as connection:
        keys = ApiKeyRepository(connection)
        await keys.create(CLIENT, scopes, key, clock.now())
    return key.shown


def push_form(program: DemoProgram) -> PushForm:
    """What can be chosen, in the words of the catalog."""
    return PushForm(
        [Choice(c, plain(f"notification.about.{c}").capitalize()) for c in Category],
        [Choice(o, plain(f"notification.opens.{o}")) for o in Opens],
        program.push,
    )
