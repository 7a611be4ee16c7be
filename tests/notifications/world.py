"""The push API over the tests' ledger, as a program of the cooperative sees it."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from itertools import count
from typing import Any

import httpx
from fastapi import FastAPI
from telegram import Bot

from bot.api.building import build_api
from bot.bell import Bell
from bot.checking import Checking
from bot.notifications.limiter import Limiter
from bot.notifications.mail import MailChannel
from bot.notifications.pushing import Pushing, build_pushing
from bot.notifications.telegram import TelegramChannel
from bot.transport import AiohttpRequest
from bot.web import web_app
from domain.notifications.api_keys import Scope, new_key
from handlers.notifications.wording import NotificationLetters
from storage.cooperative_file import read_cooperative
from storage.database import Database
from storage.notifications.api_keys import ApiKeyRepository
from storage.post.delivery import Delivery
from storage.post.server import SmtpServer
from storage.secrets import Secrets
from tests.notifications.dispatch import DEMO
from tests.offices import HandClock

SECRETS = Secrets(b"s" * 32)


def pushing_of(database: Database, clock: HandClock) -> Pushing:
    """All that pushes, towards a Telegram and a mail server that are not there."""
    request = AiohttpRequest()
    bot = Bot("1:test", base_url="http://127.0.0.1:9/bot", request=request)
    letters = NotificationLetters(read_cooperative(DEMO), "@oficina_bot")
    delivery = Delivery(SmtpServer.parse("smtp://127.0.0.1:9"), "servicios@eltablero.example")
    channels = TelegramChannel(bot), MailChannel(letters, delivery)
    settings = read_cooperative(DEMO).notifications
    return build_pushing(settings, database, SECRETS, clock, Limiter(), channels, request)


@dataclass(slots=True)
class Program:
    """A program with a key."""

    http: httpx.AsyncClient
    key: str
    _keys: Any = field(default_factory=lambda: count(1))

    async def ask(self, method: str, path: str, **given: Any) -> httpx.Response:
        headers = {"Authorization": f"Bearer {self.key}"} | given.pop("headers", {})
        return await self.http.request(method, path, headers=headers, **given)

    async def get(self, path: str, **given: Any) -> httpx.Response:
        return await self.ask("GET", path, **given)

    async def delete(self, path: str) -> httpx.Response:
        return await self.ask("DELETE", path)

    async def post(
        self, path: str, body: Any = None, key: str = "", **given: Any
    ) -> httpx.Response:
        headers = {"Idempotency-Key": key or f"k{next(self._keys)}"} | given.pop("headers", {})
        if body is not None:
            given["content"] = json.dumps(body)
            headers["Content-Type"] = "application/json"
        return await self.ask("POST", path, headers=headers, **given)

    async def notify(self, key: str = "", **body: Any) -> httpx.Response:
        whole = {
            "external_id": "n-1",
            "member_number": "A00001",
            "category": "operation",
            "text": "Su pago llegó",
        } | body
        return await self.post("/v1/notifications", whole, key)

    async def upload(self, rows: Any, key: str = "", kind: str = "application/x-ndjson"):
        content = rows if isinstance(rows, (bytes, str)) else lines(*rows)
        headers = {"Content-Type": kind}
        return await self.post("/v1/notifications/bulk", key=key, content=content, headers=headers)

    async def upload_stream(self, stream: Any, key: str = "") -> httpx.Response:
        headers = {"Content-Type": "application/x-ndjson"}
        return await self.post(
            "/v1/notifications/bulk", key=key, content=aiter(stream), headers=headers
        )


@dataclass(slots=True)
class ApiWorld:
    database: Database
    clock: HandClock
    pushing: Pushing
    app: FastAPI
    http: httpx.AsyncClient

    async def program(self, client: str = "core", *scopes: Scope) -> Program:
        """A program of that name with a new key."""
        key = new_key()
        async with self.database.unit() as connection:
            keys = ApiKeyRepository(connection)
            await keys.create(client, frozenset(scopes or Scope), key, self.clock.now())
        return Program(self.http, key.shown)


@asynccontextmanager
async def open_api(database: Database, clock: HandClock) -> AsyncIterator[ApiWorld]:
    pushing = pushing_of(database, clock)
    checking = Checking(database, SECRETS, read_cooperative(DEMO), clock)
    app = web_app(None, checking, api=build_api(pushing, Bell()))
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://push.test") as http:
        yield ApiWorld(database, clock, pushing, app, http)


def row(number: int, **given: Any) -> dict[str, Any]:
    """A row of an upload, for one of the five members."""
    return {
        "external_id": f"r-{number}",
        "member_number": f"A{1 + number % 5:05}",
        "category": "operation",
        "text": f"aviso {number}",
    } | given


def lines(*rows: Any) -> bytes:
    return "\n".join(json.dumps(each) for each in rows).encode()
