"""How updates leave: polled, posted to a webhook, or pushed to sinks in this process."""

from __future__ import annotations

import asyncio
import copy
import itertools
import re
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

import aiohttp

from bot.sandbox.courier import Courier, Retry
from bot.sandbox.errors import bad_request, conflict
from bot.sandbox.json_types import Json
from bot.sandbox.updates import Updates

Sink = Callable[[Json], Awaitable[None]]
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - a header's name
PATIENCE = aiohttp.ClientTimeout(total=60)
LOOPBACK = ("127.0.0.1", "localhost", "::1")
PUSHED = "can't use getUpdates method while sinks are connected to the sandbox"
HOOKED = (
    "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook "
    "first"
)


class NotAcceptedError(Exception):
    """A webhook answered something other than 2xx."""


@dataclass(frozen=True)
class Webhook:
    """Where to post, as setWebhook said."""

    url: str
    secret: str = ""
    max_connections: int = 40

    def check(self) -> None:
        """Refuse what Telegram refuses; plain HTTP passes on loopback only."""
        address = urlsplit(self.url)
        local = address.scheme == "http" and address.hostname in LOOPBACK
        if address.scheme != "https" and not local:
            raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
        if not re.fullmatch(r"[A-Za-z0-9_-]{0,256}", self.secret):
            raise bad_request("secret token contains unallowed characters")


class Receivers:
    """The one way that is active now."""

    def __init__(self, updates: Updates, retry: Retry) -> None:
        self._updates = updates
        self._retry = retry
        self._courier: Courier | None = None
        self._changing = asyncio.Lock()
        self._session: aiohttp.ClientSession | None = None
        self.webhook: Webhook | None = None

    @property
    def last_error(self) -> str:
        """Why the last delivery failed."""
        return self._courier.last_error if self._courier else ""

    def check_polling(self) -> None:
        """Refuse getUpdates while updates go elsewhere."""
        if self.webhook:
            raise conflict(HOOKED)
        if self._courier:
            raise conflict(PUSHED)

    async def push_to(self, sinks: Sequence[Sink]) -> None:
        """Give updates to these in turn; none: back to polling."""
        turns = itertools.cycle(sinks)

        async def deliver(update: Json) -> None:
            await next(turns)(copy.deepcopy(update))

        async with self._changing:
            await self._stop()
            if sinks:
                self._start(deliver, 100)

    async def post_to(self, webhook: Webhook) -> None:
        """Post updates to a webhook."""
        session = self._session = self._session or aiohttp.ClientSession(timeout=PATIENCE)
        headers = {SECRET_HEADER: webhook.secret} if webhook.secret else {}

        async def deliver(update: Json) -> None:
            async with session.post(webhook.url, json=update, headers=headers) as answer:
                if not answer.ok:
                    raise NotAcceptedError(f"Wrong response from the webhook: {answer.status}")

        async with self._changing:
            await self._stop()
            self._updates.interrupt("terminated by setWebhook request")
            self.webhook = webhook
            self._start(deliver, webhook.max_connections)

    async def wait_for_polling(self) -> None:
        """Forget the webhook or the sinks."""
        async with self._changing:
            await self._stop()

    async def close(self) -> None:
        """Stop everything."""
        await self.wait_for_polling()
        if self._session:
            await self._session.close()

    def _start(self, deliver: Sink, parallel: int) -> None:
        self._courier = Courier(self._updates, deliver, self._retry, parallel)
        self._courier.start()

    async def _stop(self) -> None:
        self.webhook = None
        courier, self._courier = self._courier, None
        if courier:
            await courier.stop()
