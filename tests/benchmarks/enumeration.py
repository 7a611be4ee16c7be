"""Whether the time of an answer tells that a document is a member's, or that a PIN was right.

Strangers walk in with a document of nobody, of a member with a wrong PIN, and of a member with
the right one, in random order; each step's times until the answer departs are compared, two samples
at a time (Kolmogorov and Smirnov), beside a comparison of nobody's runs with each other: what
chance does. All of it on the beat, as the office answers, and off the beat: what the beat hides.
"""

import asyncio
import random
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from contextlib import AsyncExitStack, closing
from itertools import count
from math import exp, sqrt
from pathlib import Path
from statistics import median

from bot.bell import keep_at
from bot.metronome import Metronome
from bot.office import SOON_SECONDS
from storage.database import Database
from storage.migrate import migrate
from storage.pins import ArgonPins
from tests.access.mailbox import Mailbox, open_mailbox
from tests.access.world import PIN, World
from tests.benchmarks.caller import Caller, desk_of
from tests.benchmarks.conversation import databases
from tests.benchmarks.table import Row
from tests.keys import CHAIN, SECRETS
from tests.offices import AT_ONCE

RUNS, FEW = 2_000, 100
WRONG = "9046"
GROUPS = ("nobody", "wrong PIN", "right PIN")
STEPS = ("document", "PIN", "picture", "code")
# On the beat most of the time is waiting, so that several may walk in at once.
BEATS = {"on the beat": (Metronome(), 8), "off the beat": (AT_ONCE, 1)}
UNLIMITED = {"usual_failures": 10**9}
Times = dict[tuple[str, str], list[float]]


def rows(runs: int) -> Iterator[Row]:
    """Each engine, each step; `runs` of each group."""
    with tempfile.TemporaryDirectory() as home, databases(Path(home)) as engines:
        for engine, url in engines.items():
            measured = asyncio.run(_measure(url, runs))
            for beat, times in measured.items():
                for step in STEPS:
                    yield from _rows(f"{step}, {engine}, {beat}", step, times)


def _rows(name: str, step: str, times: Times) -> Iterator[Row]:
    nobody = times["nobody", step]
    mixed = random.Random(1).sample(nobody, len(nobody))
    chance = chance_of(mixed[::2], mixed[1::2])
    for group in GROUPS[1:]:
        one = times[group, step]
        gap = median(one) - median(nobody)
        yield Row(
            f"{name}: a member, {group}",
            f"{1000 * median(one):.2f} ms, n = {len(one)}",
            f"nobody: {1000 * median(nobody):.2f} ms",
            f"{gap * 1000:+.3f} ms, p = {chance_of(one, nobody):.3f} (by chance: {chance:.3f})",
            "gap < 5 ms, p > 0.01" if "on the" in name else "-",
        )


async def _measure(url: str, runs: int) -> dict[str, Times]:
    async with AsyncExitStack() as stack:
        world = await _open(stack, url)
        posting = asyncio.create_task(keep_at(world.postman.run_once, None, SOON_SECONDS))
        stack.callback(posting.cancel)
        numbers, measured = count(1), {}
        for beat, (metronome, at_once) in BEATS.items():
            visits = await _visits(world, runs, len(measured))
            measured[beat] = await _walk_in(world, metronome, at_once, visits, numbers)
    return measured


async def _open(stack: AsyncExitStack, url: str) -> World:
    database, mailbox, pins = Database(url, CHAIN), Mailbox(), ArgonPins(SECRETS)
    stack.push_async_callback(database.close)
    stack.enter_context(closing(pins))
    await migrate(database)
    port = await stack.enter_async_context(open_mailbox(mailbox))
    world = World(database, mailbox, port, pins, SECRETS)
    world.with_policies(**UNLIMITED)
    return world


async def _visits(world: World, runs: int, series: int) -> list[tuple[str, str, str]]:
    """Group, document and PIN of each visit, the groups in random order all the time."""
    draw, known = random.Random(1), {}
    for group in GROUPS[1:]:
        first = (10 * series + GROUPS.index(group)) * 10**5
        known[group] = await _members(world, group, range(first, first + runs))
    known["nobody"] = [f"59{series}{n:05}" for n in range(runs)]
    pins = {group: PIN if group == "right PIN" else WRONG for group in GROUPS}
    order = [group for _ in range(runs) for group in draw.sample(GROUPS, len(GROUPS))]
    return [(group, known[group].pop(), pins[group]) for group in order]


async def _members(world: World, group: str, numbers: range) -> list[str]:
    """Documents of members; only those whose PIN will be right need a hash of their own."""
    some = await world.pins.hash(0, PIN)
    others = {"pin_hash": some.hash, "pin_key_version": some.key_version}
    own = {"pin": PIN} if group == "right PIN" else {"pin": None, "access": others}
    for n in numbers:
        await world.enrol(number=f"5{n:07}", email=f"m{n}@correo.example", **own)
    return [f"5{n:07}" for n in numbers]


async def _walk_in(
    world: World,
    metronome: Metronome,
    at_once: int,
    visits: list[tuple[str, str, str]],
    numbers: Iterator[int],
) -> Times:
    """All visits, so many at once, each from an account of its own."""
    desk, shutter = desk_of(world, metronome)
    times, left = defaultdict(list), iter(visits)

    async def one_by_one() -> None:
        for group, document, pin in left:
            parts = (desk, shutter, world.shuffle, next(numbers))
            taken = await _walk(Caller(*parts, lambda: next(numbers)), document, pin)
            for step, seconds in zip(STEPS, taken, strict=True):
                times[group, step].append(seconds)

    async with asyncio.TaskGroup() as walkers:
        for _ in range(at_once):
            walkers.create_task(one_by_one())
    return times


async def _walk(caller: Caller, document: str, pin: str) -> list[float]:
    """The times of each answer that could tell."""
    await caller.say("/start")
    for label in ("Entrar", "Sí, autorizo", "Cédula de ciudadanía"):
        await caller.tap(label)
    taken = [await caller.say(document)]
    for digit in pin:
        await caller.tap(digit)
    taken.append(await caller.tap("Entrar"))
    taken.append(await caller.tap(await caller.picture()))
    taken.append(await caller.say("000000"))
    return taken


def chance_of(one: list[float], other: list[float]) -> float:
    """The p-value of the two-sample Kolmogorov-Smirnov test, asymptotic (Smirnov, 1948)."""
    merged = sorted([(value, 0) for value in one] + [(value, 1) for value in other])
    sizes, seen, most = (len(one), len(other)), [0, 0], 0.0
    for _, which in merged:
        seen[which] += 1
        most = max(most, abs(seen[0] / sizes[0] - seen[1] / sizes[1]))
    scaled = most * sqrt(sizes[0] * sizes[1] / (sizes[0] + sizes[1]))
    terms = (2 * (-1) ** (k - 1) * exp(-2 * (k * scaled) ** 2) for k in range(1, 101))
    return min(1.0, max(0.0, sum(terms))) if scaled > 0.2 else 1.0
