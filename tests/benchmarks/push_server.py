"""Servers to accept notifications: ours, and a bare FastAPI insert, each in a process of its own.

`python -m tests.benchmarks.push_server ours|bare DATABASE_URL PORT KEY`
"""

import asyncio
import sys
from contextlib import asynccontextmanager
from typing import Any

import uvicorn
from fastapi import FastAPI
from pydantic import BaseModel
from sqlalchemy import Column, Integer, MetaData, Table, Text, insert

from bot.api.building import build_api
from bot.bell import Bell
from bot.checking import Checking
from bot.web import web_app
from domain.clock import SystemClock
from storage.cooperative_file import read_cooperative
from storage.database import Database
from tests.keys import CHAIN, SECRETS
from tests.notifications.dispatch import DEMO
from tests.notifications.world import pushing_of

_METADATA = MetaData()
BARE = Table(
    "bare_notification",
    _METADATA,
    Column("id", Integer, primary_key=True),
    Column("external_id", Text, unique=True),
    Column("member_number", Text),
    Column("category", Text),
    Column("text", Text),
)


class BareBody(BaseModel):
    external_id: str
    member_number: str
    category: str
    text: str


def bare(url: str) -> FastAPI:
    """A key is compared, a body read, one row inserted and committed."""
    database = Database(url)

    @asynccontextmanager
    async def life(_: FastAPI) -> Any:
        async with database.unit() as connection:
            await connection.run_sync(_METADATA.create_all)
        yield
        await database.close()

    app = FastAPI(lifespan=life)

    @app.post("/v1/notifications", status_code=202)
    async def accept(body: BareBody) -> dict[str, str]:
        async with database.unit() as connection:
            await connection.execute(insert(BARE).values(body.model_dump()))
        return {"state": "queued"}

    return app


def ours(url: str) -> FastAPI:
    """The push API with its gate, keys, idempotency and ledger."""
    database, clock = Database(url, CHAIN), SystemClock()
    checking = Checking(database, SECRETS, read_cooperative(DEMO), clock)
    return web_app(None, checking, api=build_api(pushing_of(database, clock), Bell()))


def main() -> None:
    kind, url, port = sys.argv[1:4]
    app = ours(url) if kind == "ours" else bare(url)
    config = uvicorn.Config(app, port=int(port), log_config=None, access_log=False)
    asyncio.run(uvicorn.Server(config).serve())


if __name__ == "__main__":
    main()
