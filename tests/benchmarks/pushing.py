"""Accepting notifications: to a durable 202 against a bare insert, and what a large bulk costs."""

import asyncio
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from statistics import median

import aiohttp

from domain.clock import SystemClock
from domain.notifications.api_keys import Scope, new_key
from storage.database import Database
from storage.migrate import migrate
from storage.notifications.api_keys import ApiKeyRepository
from tests.benchmarks.conversation import Plan, databases
from tests.benchmarks.programs import ROOT, start, stop
from tests.benchmarks.table import Row
from tests.keys import CHAIN
from tests.kills.process import free_port
from tests.pushing.population import number_of
from tests.statement_rows import add_member

AT_ONCE = 16
MEMBERS = 500
MEBIBYTE = 1024


@dataclass(frozen=True, slots=True)
class Server:
    """A running server and where it listens."""

    process: subprocess.Popen[str]
    port: int
    key: str

    @property
    def root(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def peak(self) -> int:
        """The most memory it ever had, in MiB."""
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        line = next(line for line in status.splitlines() if line.startswith("VmHWM"))
        return int(line.split()[1]) // MEBIBYTE


def rows(plan: Plan, bulk: int) -> list[Row]:
    """Accepts a second on every engine, interleaved; then a bulk of that many rows."""
    found: list[Row] = []
    with tempfile.TemporaryDirectory() as home, ExitStack() as stack:
        for engine, url in stack.enter_context(databases(Path(home))).items():
            found.append(_accepts(engine, url, plan))
            found += _bulk(engine, url, bulk)
    return found


def _accepts(engine: str, url: str, plan: Plan) -> Row:
    rates: dict[str, list[float]] = {"ours": [], "bare": []}
    names = count(1)
    with _serving("ours", url) as ours, _serving("bare", url) as bare:
        for _ in range(plan.rounds):
            for kind, server in (("ours", ours), ("bare", bare)):
                rates[kind].append(asyncio.run(_rate(server, names, plan.seconds)))
    own, peer = median(rates["ours"]), median(rates["bare"])
    return Row(
        f"accepts to a durable 202, {engine}, {AT_ONCE} at once",
        f"{own:.0f}/s",
        f"bare FastAPI insert: {peer:.0f}/s",
        f"{own / peer:.2f}",
        ">= 300/s",
    )


def _bulk(engine: str, url: str, size: int) -> Iterator[Row]:
    with _serving("ours", url) as server:
        before = server.peak
        seconds = asyncio.run(_upload(server, size))
        after = server.peak
    yield Row(f"a bulk of {size:,} accepted, {engine}", f"{seconds:.1f} s, {size / seconds:.0f}/s")
    yield Row(f"memory for it, {engine}", f"+ {after - before} MiB (peak {after} MiB)")


async def _rate(server: Server, names: Iterator[int], seconds: float) -> float:
    """Accepted a second, by so many at once."""
    done, until = 0, time.monotonic() + seconds
    async with aiohttp.ClientSession() as http:

        async def push() -> None:
            nonlocal done
            while time.monotonic() < until:
                name = f"{server.port}-{next(names)}"
                async with http.post(
                    f"{server.root}/v1/notifications",
                    json=_body(name, next(names)),
                    headers=_head(server, name),
                ) as answer:
                    assert answer.status == 202, await answer.text()
                    await answer.read()
                done += 1

        begin = time.monotonic()
        await asyncio.gather(*(push() for _ in range(AT_ONCE)))
        return done / (time.monotonic() - begin)


async def _upload(server: Server, size: int) -> float:
    head = _head(server, "bulk") | {"Content-Type": "application/x-ndjson"}
    url, begin = f"{server.root}/v1/notifications/bulk", time.monotonic()
    timeout = aiohttp.ClientTimeout(total=3600)
    async with (
        aiohttp.ClientSession(timeout=timeout) as http,
        http.post(url, data=_lines(size), headers=head) as answer,
    ):
        body = await answer.json()
    assert body.get("accepted") == size, body
    return time.monotonic() - begin


async def _lines(size: int) -> AsyncIterator[bytes]:
    for n in range(size):
        yield (json.dumps(_body(f"bulk-{n}", n)) + "\n").encode()


def _body(name: str, n: int) -> dict[str, str]:
    return {
        "external_id": name,
        "member_number": number_of(1 + n % MEMBERS),
        "category": "operation",
        "text": "Su pago de <b>$ 432.100</b> llegó. ¡Gracias!",
    }


def _head(server: Server, key: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {server.key}", "Idempotency-Key": key}


@contextmanager
def _serving(kind: str, url: str) -> Iterator[Server]:
    port, key = free_port(), asyncio.run(_prepared(url))
    program = start("tests.benchmarks.push_server", kind, url, str(port))
    try:
        server = Server(program, port, key)
        asyncio.run(_until_open(server))
        yield server
    finally:
        stop(program)


async def _prepared(url: str) -> str:
    """A key of a program of its own, over members that are there."""
    database, key = Database(url, CHAIN), new_key()
    await migrate(database)
    async with database.unit() as connection:
        with suppress(Exception):
            async with connection.begin_nested():
                for member_id in range(1, MEMBERS + 1):
                    await add_member(connection, member_id)
        keys = ApiKeyRepository(connection)
        client = f"bench-{key.name}"
        await keys.create(client, frozenset(Scope), key, SystemClock().now())
    await database.close()
    return key.shown


async def _until_open(server: Server) -> None:
    async with aiohttp.ClientSession() as http:
        for _ in range(300):
            with suppress(aiohttp.ClientError):
                async with http.get(f"{server.root}/nothing"):
                    return
            await asyncio.sleep(0.1)
    raise RuntimeError(f"the server did not open: {sys.executable} in {ROOT}")
