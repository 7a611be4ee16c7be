"""Every button pressed twenty times at once has the effect of one press.

Each is pressed once by one person and twenty times at once by their twin; then what both are
shown and what both left behind must be the same.
"""

import asyncio
import re
from collections import Counter
from dataclasses import fields
from itertools import count
from typing import Any

import pytest
from sqlalchemy import select

from bot.turn import Turn
from handlers.entry.robot import Touch
from handlers.kit.callbacks import Callback
from handlers.kit.keypad import Erase, Press
from handlers.robbery.buttons import BlockNow
from handlers.security.devices import SureCloseAll
from handlers.security.privacy import SureWithdraw
from storage.schema import audit, consent, credential, entry_attempt, mail, outbox, session
from tests.access.inside import OfficeWorld, callbacks, look, place
from tests.access.plain_pins import PlainPins
from tests.access.ways_in import WAYS, Pick
from tests.access.world import Person, World

TIMES = 20
PICTURE = re.compile("Toque el dibujo .*|T-2026-[0-9]{6}|terminada en [0-9]+|m[12]@c.example")
# They end what the others need; tests/resilience presses them at once.
FINAL = (BlockNow, SureWithdraw, SureCloseAll)
# A key of the keypad counts as often as it is pressed.
KEYS = (Press, Erase)
OWNED = {
    consent: consent.c.telegram_id,
    entry_attempt: entry_attempt.c.telegram_id,
    audit: audit.c.telegram_id,
    outbox: outbox.c.chat_id,
    session: session.c.chat_id,
}


@pytest.fixture
async def office(world: World) -> OfficeWorld:
    return OfficeWorld(world.database, world.mailbox, world.smtp_port, PlainPins(), world.secrets)


async def left_behind(person: Person, number: str) -> Counter[str]:
    """What the person caused, by kind."""
    found: Counter[str] = Counter()
    async with person.world.database.unit() as connection:
        for table, owner in OWNED.items():
            rows = await connection.execute(select(table).where(owner == person.telegram_id))
            for row in rows:
                kind = f"{row.action} {row.result}" if table is audit else ""
                found[f"{table.name} {kind}"] += 1
        member_id = await person.world.id_of(connection, number)
        rows = await connection.execute(select(mail).where(mail.c.member_id == member_id))
        found.update(f"mail {row.kind}" for row in rows)
        own = select(credential).where(credential.c.member_id == member_id)
        for row in await connection.execute(own):
            found["failures"] += row.failures_bound + row.failures_unbound
    return found


async def press(person: Person, label: str, times: int) -> None:
    data = person.callback(label)
    await asyncio.gather(*(person.send(data) for _ in range(times)))
    await look(person)


async def differences(one: Person, twin: Person, numbers: list[str], pick: Pick) -> list[Any]:
    """Press once and twenty times; what is not the same afterwards."""
    before = [await left_behind(p, n) for p, n in zip((one, twin), numbers, strict=True)]
    await press(one, pick(one), 1)
    await press(twin, pick(twin), TIMES)
    after = [await left_behind(p, n) for p, n in zip((one, twin), numbers, strict=True)]
    effects = [new - old for new, old in zip(after, before, strict=True)]
    shown = [(PICTURE.sub("", p.screen), legible(p)) for p in (one, twin)]
    return [pair for pair in (effects, shown) if pair[0] != pair[1]]


def legible(person: Person) -> list[str]:
    """The buttons without what is shuffled."""
    return sorted(
        label for label, tap in callbacks(person).items() if not isinstance(tap, (*KEYS, Touch))
    )


def to_press(person: Person) -> dict[Any, Pick]:
    """One button of each kind on the screen; of pictures the right one and a wrong one."""
    found: dict[Any, Pick] = {}
    for label, tap in callbacks(person).items():
        if isinstance(tap, Touch):
            found["right"] = lambda p: p.picture()
            found["wrong"] = lambda p: p.picture(right=False)
        elif not isinstance(tap, KEYS):
            found.setdefault(button(tap), lambda _, label=label: label)
    return found


def button(tap: Callback) -> tuple[str, ...]:
    """The kind of a button: which one it is in a row of many alike is no matter."""
    words = (getattr(tap, each.name) for each in fields(tap) if each.name != "tag")
    return (type(tap).__name__, *(word for word in words if isinstance(word, str)))


# Entering


async def twins(office: OfficeWorld, numbers: count) -> tuple[list[Person], list[str]]:
    """Two people, each bound to a membership without a PIN."""
    people, documents = [], []
    for _ in range(2):
        n = next(numbers)
        documents.append(f"40{n:06}")
        await office.enrol(number=documents[-1], pin=None, bound=n, email=f"m{n}@correo.example")
        people.append(office.person(n))
    return people, documents


async def test_every_button_of_entering(office: OfficeWorld) -> None:
    numbers, pressed = count(1), 0
    for way in WAYS:
        (scout, _), (number, _) = await twins(office, numbers)
        await way(scout, number)
        for kind_, pick in to_press(scout).items():
            (one, twin), documents = await twins(office, numbers)
            await way(one, documents[0])
            await way(twin, documents[1])
            assert await differences(one, twin, documents, pick) == [], kind_
            pressed += 1
    assert pressed >= 35


# Inside


async def enter(person: Person, number: str) -> None:
    await person.enter(number)
    assert person.session is not None


async def walk(person: Person, number: str, path: tuple[Any, ...]) -> None:
    """From the menu through these kinds of buttons: their labels say what was chosen before."""
    if person.session is None:
        await enter(person, number)
    await person.say("/menu")
    for kind_ in path:
        await person.tap(to_press(person)[kind_](person))


async def inhabitants(office: OfficeWorld) -> tuple[list[Person], list[str]]:
    people, numbers = [], ["40000001", "40000002"]
    for n, number in enumerate(numbers, 1):
        await office.furnish(await office.enrol(number=number, bound=n, email=f"m{n}@c.example"))
        people.append(office.person(n))
    return people, numbers


async def press_all(office: OfficeWorld) -> tuple[set[Any], list[Any]]:
    """Every kind of button on every screen that buttons lead to; and what was not as one press."""
    people, numbers = await inhabitants(office)
    one, twin = people
    paths: list[tuple[Any, ...]] = [()]
    seen: set[Any] = set()
    wrong: list[Any] = []
    places = {("menu", "menu")}
    for path in paths:
        await walk(one, numbers[0], path)
        here = await place(one)
        for kind_, pick in to_press(one).items():
            if (*here, *kind_) in seen or kind_[0] in {each.__name__ for each in FINAL}:
                continue
            seen.add((*here, *kind_))
            for person, number in zip(people, numbers, strict=True):
                await walk(person, number, path)
            found = await differences(one, twin, numbers, pick)
            wrong += [(here, kind_, each) for each in found]
            there = await place(one)
            if there not in places and one.session is not None:
                places.add(there)
                paths.append((*path, kind_))
    return seen, wrong


@pytest.mark.timeout(300)
async def test_every_button_inside(office: OfficeWorld) -> None:
    seen, wrong = await press_all(office)
    assert wrong == []
    assert {flow for flow, *_ in seen} >= {"menu", "statement", "products", "printing", "help"}
    assert len(seen) >= 20
    assert {"security", "pin", "authenticator", "devices", "privacy"} <= {f for f, *_ in seen}


async def test_without_a_new_run_a_paper_is_ordered_twenty_times(
    office: OfficeWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the test is for: the kernel as it would be if papers did not use their button up."""
    people, numbers = await inhabitants(office)
    for person, number in zip(people, numbers, strict=True):
        await walk(person, number, ())
        await person.tap("🖨️ Imprimir estado de cuenta")

    async def as_before(_: Turn) -> None: ...

    monkeypatch.setattr(Turn, "_begin_run", as_before)
    assert await differences(people[0], people[1], numbers, lambda _: "Todo el año")
