"""A hundred entries a minute with the real argon2: what members wait, what the event loop does."""

import asyncio
import tempfile
from collections.abc import Callable
from contextlib import AsyncExitStack
from pathlib import Path
from random import Random
from statistics import median, quantiles
from time import perf_counter

from bot.bell import keep_at
from domain.access.applicants import StoredPin
from storage.database import Database
from storage.migrate import migrate
from storage.pins import ArgonPins
from tests.access.mailbox import Mailbox, open_mailbox, text_of
from tests.access.world import PIN, World
from tests.benchmarks.lag import percentile, told, watch
from tests.benchmarks.table import Row
from tests.keys import CHAIN, SECRETS

A_MINUTE = 100
THUMB_SECONDS = (0.2, 0.6)
VERIFIED = 60


class OnTheLoop(ArgonPins):
    """What is usually written: the hash is computed where everything else waits for it."""

    async def matches(self, member_id: int, pin: str, stored: StoredPin | None) -> bool:
        known = stored or self._decoy
        keyed = self._keyed(member_id, pin, known.key_version)
        return self._verify(known.hash, keyed) and stored is not None


def rows(seconds: float) -> list[Row]:
    """For so long; each entry from the first screen to the session, at a person's speed."""
    ours, other = (_entered(kind, seconds) for kind in (ArgonPins, OnTheLoop))
    pool, inline = (asyncio.run(_throughput(kind)) for kind in (ArgonPins, OnTheLoop))
    count = len(ours.pins)
    return [
        Row(
            f"{A_MINUTE} entries a minute: event loop held up, p99",
            told(ours.lags),
            f"argon2 on the loop: {told(other.lags)}",
            f"{percentile(ours.lags, 99) / percentile(other.lags, 99):.2f}",
            "< 100 ms",
        ),
        Row("… the tap that judges a PIN", _times(ours.pins), _times(other.pins), "", "p95 < 2 s"),
        Row("… all other taps", _times(ours.taps), _times(other.taps), "", "p95 < 2 s"),
        Row("… entries made", str(count), str(len(other.pins))),
        Row(
            "PINs verified a second, 8 asked for at once",
            f"{pool:.0f}/s",
            f"on the loop: {inline:.0f}/s",
            f"{pool / inline:.2f}",
        ),
    ]


class Found:
    """Seconds: lags of the loop, answers to the PIN, answers to the rest."""

    def __init__(self) -> None:
        self.lags: list[float] = []
        self.pins: list[float] = []
        self.taps: list[float] = []


def _entered(kind: Callable[..., ArgonPins], seconds: float) -> Found:
    with tempfile.TemporaryDirectory() as home:
        return asyncio.run(_enter_all(kind, f"sqlite:///{Path(home) / 'bench.db'}", seconds))


async def _enter_all(kind: Callable[..., ArgonPins], url: str, seconds: float) -> Found:
    found, entries = Found(), round(A_MINUTE * seconds / 60)
    async with AsyncExitStack() as stack:
        world = await _open(stack, kind, url)
        for n in range(entries):
            await world.enrol(number=f"51{n:06}", bound=n + 1, email=f"m{n}@correo.example")
        posting = asyncio.create_task(keep_at(world.postman.run_once, None, 1.0))
        stack.callback(posting.cancel)
        watching = asyncio.create_task(watch(found.lags))
        stack.callback(watching.cancel)
        coming = []
        for n in range(entries):
            coming.append(asyncio.create_task(_enter(world, n, found)))
            await asyncio.sleep(60 / A_MINUTE)
        await asyncio.gather(*coming)
    return found


async def _open(stack: AsyncExitStack, kind: Callable[..., ArgonPins], url: str) -> World:
    database, mailbox, pins = Database(url, CHAIN), Mailbox(), kind(SECRETS)
    stack.push_async_callback(database.close)
    stack.callback(pins.close)
    await migrate(database)
    port = await stack.enter_async_context(open_mailbox(mailbox))
    return World(database, mailbox, port, pins, SECRETS)


async def _enter(world: World, n: int, found: Found) -> None:
    """One member at the phone."""
    person, draw = world.person(n + 1), Random(n)

    async def act(times: list[float], text: str = "", label: str = "") -> None:
        await asyncio.sleep(draw.uniform(*THUMB_SECONDS))
        begun = perf_counter()
        await (person.say(text) if text else person.tap(label))
        times.append(perf_counter() - begun)

    await act(found.taps, text="/start")
    for label in ("Entrar", "Sí, autorizo", "Cédula de ciudadanía"):
        await act(found.taps, label=label)
    await act(found.taps, text=f"51{n:06}")
    for digit in PIN:
        await act(found.taps, label=digit)
    await act(found.pins, label="Entrar")
    await act(found.taps, label=person.picture())
    await act(found.taps, text=await _code_of(world, n))
    if person.session is None:
        raise RuntimeError(f"not inside: {person.screen!r}")


async def _code_of(world: World, n: int) -> str:
    """Look into the mailbox every now and then."""
    while True:
        await asyncio.sleep(0.1)
        for letter in world.mailbox.letters:
            if f"m{n}@correo.example" in str(letter["To"]):
                return text_of(letter).partition("entrar es: ")[2][:6]


async def _throughput(kind: Callable[..., ArgonPins]) -> float:
    """PINs verified a second."""
    pins = kind(SECRETS)
    stored = await pins.hash(1, PIN)
    begun = perf_counter()
    for _ in range(VERIFIED // 8):
        await asyncio.gather(*(pins.matches(1, PIN, stored) for _ in range(8)))
    taken = perf_counter() - begun
    pins.close()
    return VERIFIED // 8 * 8 / taken


def _times(times: list[float]) -> str:
    p95 = quantiles(times, n=20)[-1]
    return f"p50 {median(times) * 1000:.0f} ms, p95 {p95 * 1000:.0f} ms"
