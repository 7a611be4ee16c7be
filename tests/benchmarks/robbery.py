"""From the press of "No fui yo" to the last answer that a thief inside is given."""

import asyncio
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter

from telegram import Update

from bot.app import Flows
from bot.sandbox.sandbox import Sandbox
from domain.access.shuffle import Shuffle
from domain.money import Centavos
from handlers.kit.texts import plain
from storage.audit.chain import Chain
from storage.cooperative_file import read_cooperative
from storage.database import Database
from storage.migrate import migrate
from storage.pins import ArgonPins
from storage.schema import credential
from tests import postgres
from tests.benchmarks.table import Row
from tests.journeys.member import PIN, MemberPhone, World
from tests.journeys.replicas import Replica, open_replica
from tests.keys import SECRETS
from tests.offices import HandClock, sink
from tests.statement_rows import add_member, add_product

COOPERATIVE = Path(__file__).parents[2] / "storage" / "demo" / "cooperativa.toml"
ROUNDS = 20
BEFORE, AFTER = 0.3, 0.3
MOST_SECONDS = 10.0


def rows() -> list[Row]:
    """Each engine in turn; the peer is an ordinary tap of the same thief in the same run."""
    return [asyncio.run(_row(engine, url)) for engine, url in _with_databases()]


def _with_databases() -> Iterator[tuple[str, str]]:
    with tempfile.TemporaryDirectory() as home:
        yield "SQLite", f"sqlite:///{Path(home) / 'coopbot.db'}"
    if postgres.available():
        with postgres.cluster(durable=True) as server, postgres.database(server) as url:
            yield "PostgreSQL", url


async def _row(engine: str, url: str) -> Row:
    lasts, taps = [], list[float]()
    async with _office(url) as world:
        for number in range(1, ROUNDS + 1):
            lasts.append(await _round(world, number, taps))
    p95 = quantiles(lasts, n=20)[-1]
    ours = f"{median(lasts) * 1000:.0f} ms (p95 {p95 * 1000:.0f}, longest {max(lasts) * 1000:.0f})"
    tap = median(taps)
    peer = f"a tap of the thief's before: {tap * 1000:.0f} ms"
    return Row(
        f"from the press to the thief's last answer, {engine}",
        ours,
        peer,
        f"{median(lasts) / tap:.2f}",
        "< 1 s",
    )


async def _round(world: World, number: int, taps: list[float]) -> float:
    """One member robbed; seconds from the press to the thief's last screen with a balance."""
    owner, thief = world.member(1000 + number), world.member(5000 + number)
    document, address = str(50_000_000 + number), f"m{number}@correo.example"
    for phone in (owner, thief):
        world.clock.forward(minutes=2)
        await phone.up_to_code(PIN, document)
        await phone.say(phone.code(address))
    await world.deliver()
    (note,) = owner.notes("desde otro Telegram")
    await world.sandbox.disconnect()
    shown: list[tuple[float, float]] = []
    stealing = asyncio.create_task(_steal(world.replicas[0], thief, shown))
    await asyncio.sleep(BEFORE)
    raw = await owner.phone.old_tap(note, plain("access_note.not_me"), settle=False)
    pressed = perf_counter()
    await _serve(world.replicas[1], raw)
    await thief.phone.until(lambda phone: "$" not in phone.screen, within=MOST_SECONDS)
    await asyncio.sleep(AFTER)
    stealing.cancel()
    await asyncio.gather(stealing, return_exceptions=True)
    await _reconnect(world)
    taps += [end - begun for begun, end in shown if end < pressed]
    return max((end - pressed for _, end in shown if end > pressed), default=0.0)


async def _steal(replica: Replica, thief: MemberPhone, shown: list[tuple[float, float]]) -> None:
    """Ask for the statement over and over; when each answer with a balance came."""
    while True:
        raw = await thief.phone.say("mi estado de cuenta", settle=False)
        begun = perf_counter()
        await _serve(replica, raw)
        if "$" in thief.screen:
            shown.append((begun, perf_counter()))


async def _serve(replica: Replica, raw: object) -> None:
    update = Update.de_json(raw, replica.office.bot)  # type: ignore[arg-type]
    await asyncio.wait_for(replica.office.desk.serve(update), MOST_SECONDS)


async def _reconnect(world: World) -> None:
    updates = world.sandbox.telegram.updates
    for entry in updates.waiting():
        updates.confirm(entry)
    await world.sandbox.connect(*(sink(replica.office) for replica in world.replicas))


@asynccontextmanager
async def _office(url: str) -> AsyncIterator[World]:
    """Two replicas and members with a PIN and a balance."""
    clock, cooperative = HandClock(), read_cooperative(COOPERATIVE)
    database, pins = Database(url, Chain.of(SECRETS)), ArgonPins(SECRETS)
    await migrate(database)
    await _fill(database, pins, clock)
    flows = Flows(cooperative, SECRETS, pins, Shuffle(SECRETS.shuffle)).repertoire()
    async with AsyncExitStack() as stack:
        sandbox = await stack.enter_async_context(Sandbox())
        replicas = [
            await stack.enter_async_context(
                open_replica(sandbox, url, flows, cooperative, SECRETS, clock)
            )
            for _ in range(2)
        ]
        await sandbox.connect(*(sink(replica.office) for replica in replicas))
        yield World(sandbox, replicas, clock, database, cooperative)
    pins.close()
    await database.close()


async def _fill(database: Database, pins: ArgonPins, clock: HandClock) -> None:
    async with database.unit() as connection:
        for number in range(1, ROUNDS + 1):
            told = {"email": f"m{number}@correo.example", "first_loaded_at": clock.now()}
            document = str(50_000_000 + number)
            await add_member(connection, number, **told, document_number=document)
            await add_product(connection, number, number, "demand", balance=Centavos(1_234_500))
            kept = await pins.hash(number, PIN)
            row = {"pin_hash": kept.hash, "pin_key_version": kept.key_version}
            await connection.execute(credential.insert().values(member_id=number, **row))
