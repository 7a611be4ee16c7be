"""Whether the time of an answer tells that a document is a member's, or that a PIN was right.

A stranger walks in with a document of nobody, of a member with a wrong PIN, and of a member with
the right one, in turn and in random order; each step's times are compared, two samples at a time
(Kolmogorov and Smirnov), beside a comparison of nobody's runs with each other: what chance does.
"""

import asyncio
import random
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from contextlib import AsyncExitStack
from itertools import count
from math import exp, sqrt
from pathlib import Path
from statistics import median
from time import perf_counter

from bot.bell import keep_at
from storage.database import Database
from storage.migrate import migrate
from storage.pins import ArgonPins
from tests.access.mailbox import Mailbox, open_mailbox
from tests.access.world import PIN, Person, World
from tests.benchmarks.conversation import databases
from tests.benchmarks.table import Row
from tests.keys import CHAIN, SECRETS

RUNS, FEW = 2_000, 100
WRONG = "9046"
GROUPS = ("nobody", "wrong PIN", "right PIN")
STEPS = ("document", "PIN", "picture", "code")
UNLIMITED = {"usual_failures": 10**9}
Times = dict[tuple[str, str], list[float]]


def rows(runs: int) -> Iterator[Row]:
    """Each engine, each step; `runs` of each group."""
    with tempfile.TemporaryDirectory() as home, databases(Path(home)) as engines:
        for engine, url in engines.items():
            times = asyncio.run(_measure(url, runs))
            for step in STEPS:
                yield from _rows(engine, step, times)


def _rows(engine: str, step: str, times: Times) -> Iterator[Row]:
    nobody = times["nobody", step]
    chance = chance_of(nobody[::2], nobody[1::2])
    for group in GROUPS[1:]:
        one = times[group, step]
        gap = (median(one) - median(nobody)) * 1000
        yield Row(
            f"{step}, {engine}: a member, {group}",
            f"{median(one) * 1000:.2f} ms (n = {len(one)})",
            f"nobody: {median(nobody) * 1000:.2f} ms",
            f"{gap:+.2f} ms, p = {chance_of(one, nobody):.3f} (by chance: {chance:.3f})",
            "gap < 5 ms, p > 0.01",
        )


async def _measure(url: str, runs: int) -> Times:
    draw, times, numbers = random.Random(1), defaultdict(list), count(1)
    async with AsyncExitStack() as stack:
        world = await _open(stack, url)
        known = {group: await _members(world, group, runs) for group in GROUPS[1:]}
        posting = asyncio.create_task(keep_at(world.postman.run_once, None, 0.05))
        stack.callback(posting.cancel)
        for n in range(runs):
            for group in draw.sample(GROUPS, len(GROUPS)):
                document = known[group].pop() if group in known else f"59{n:06}"
                pin = PIN if group == "right PIN" else WRONG
                person = world.person(next(numbers))
                for step, taken in zip(STEPS, await _walk(person, document, pin), strict=True):
                    times[group, step].append(taken)
    return times


async def _open(stack: AsyncExitStack, url: str) -> World:
    database, mailbox, pins = Database(url, CHAIN), Mailbox(), ArgonPins(SECRETS)
    stack.push_async_callback(database.close)
    stack.callback(pins.close)
    await migrate(database)
    port = await stack.enter_async_context(open_mailbox(mailbox))
    world = World(database, mailbox, port, pins, SECRETS)
    world.with_policies(**UNLIMITED)
    return world


async def _members(world: World, group: str, runs: int) -> list[str]:
    """Documents of so many members; only those whose PIN will be right need a hash of their own."""
    first, numbers = GROUPS.index(group) * 10**6, []
    some = await world.pins.hash(0, PIN)
    others = {"pin_hash": some.hash, "pin_key_version": some.key_version}
    for n in range(first, first + runs):
        numbers.append(f"5{n:07}")
        own = {"pin": PIN} if group == "right PIN" else {"pin": None, "access": others}
        await world.enrol(number=numbers[-1], email=f"m{n}@correo.example", **own)
    return numbers


async def _walk(person: Person, document: str, pin: str) -> list[float]:
    """Seconds of each answer that could tell."""
    await person.authorise()
    await person.tap("Cédula de ciudadanía")
    taken = [await _timed(person, text=document)]
    for digit in pin:
        await person.tap(digit)
    taken.append(await _timed(person, label="Entrar"))
    taken.append(await _timed(person, label=person.picture()))
    taken.append(await _timed(person, text="000000"))
    return taken


async def _timed(person: Person, text: str = "", label: str = "") -> float:
    data = person.callback(label) if label else ""
    begun = perf_counter()
    await (person.send(data) if data else person.say(text))
    return perf_counter() - begun


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
