"""Whoever has somebody's chat, or sends what no button would: nothing of a member is shown."""

import random
from collections.abc import Iterator
from dataclasses import fields
from typing import Any, get_type_hints

import pytest

from handlers.kit.callbacks import _KINDS, STANDING, Callback, unpack
from storage.schema import outbox
from tests.access.inside import OfficeWorld, callbacks, place
from tests.access.plain_pins import PlainPins
from tests.access.world import Person, World

OWNER, OTHER = 77, 88
NUMBER, OTHERS_NUMBER = "40123123", "40999999"
# What only a member may read here: amounts, the account's name, the greeting.
SECRETS = ("$", "Cuenta", "Hola", "Rosa", "1.234.567", "Abono")
WORDS = ("mi saldo", "estado de cuenta", "movimientos", "imprimir", "/menu", "/start", "/ayuda")
FUZZED = 100_000


@pytest.fixture
async def office(world: World) -> OfficeWorld:
    opened = OfficeWorld(world.database, world.mailbox, world.smtp_port, PlainPins(), world.secrets)
    for number, account, name in ((NUMBER, OWNER, "Cuenta"), (OTHERS_NUMBER, OTHER, "Ajena")):
        email = f"{number}@correo.example"
        member_id = await opened.enrol(number=number, bound=account, email=email)
        await opened.furnish(member_id, name)
    return opened


async def inside(office: OfficeWorld, account: int, number: str) -> Person:
    person = office.person(account)
    await person.enter(number)
    assert person.session is not None
    return person


def forged(run: str, draw: random.Random) -> Iterator[str]:
    """A button of every kind there is, with plausible fields."""
    pool = {int: (1, 2, 100, 101, 200, 201, 0, 5), str: ("all", "statement", "year", "abc", "1")}
    for prefix, kind in _KINDS.items():
        hints = get_type_hints(kind)
        values = [str(draw.choice(pool.get(hints[f.name], ("1",)))) for f in fields(kind)]
        yield ":".join([run, prefix, *values])


def told(person: Person) -> str:
    return "\n".join(person.shown)


async def test_a_bound_chat_alone_shows_nothing(office: OfficeWorld) -> None:
    """A stolen telephone, or a Telegram account taken over: the chat, but neither PIN nor code."""
    rosa = await inside(office, OWNER, NUMBER)
    session_data = [rosa.callback(label) for label in rosa.buttons]
    await rosa.say("/salir")
    thief, draw = rosa, random.Random(1)
    thief.shown.clear()
    for word in WORDS:
        await thief.say(word)
    for _ in range(3):
        assert thief.view
        for data in (*session_data, *forged(thief.view.run, draw), *forged(STANDING, draw)):
            await thief.send(data)
            assert thief.session is None
    assert [secret for secret in SECRETS if secret in told(thief)] == []
    assert await office.rows(outbox) == []


PATHS = [(), ("Mi estado",), ("Mi estado", "Ahorros"), ("Imprimir",), ("Ayuda",)]


async def walk(person: Person, path: tuple[str, ...]) -> None:
    await person.say("/menu")
    for label in path:
        await person.tap(label)


async def test_buttons_of_one_member_show_nothing_of_theirs_to_another(office: OfficeWorld) -> None:
    """As they were, and with the other's own run, at the same screen: the session decides."""
    rosa = await inside(office, OWNER, NUMBER)
    taken: dict[tuple[str, ...], list[str]] = {}
    for path in PATHS:
        await walk(rosa, path)
        stay = [label for label in callbacks(rosa) if "Salir" not in label]
        taken[path] = [rosa.callback(label) for label in stay]
    assert "Cuenta 1" in told(rosa)
    await rosa.say("/salir")
    thief = await inside(office, OTHER, OTHERS_NUMBER)
    for path, every in taken.items():
        for data in every:
            await walk(thief, path)
            before = await place(thief)
            await thief.send(data)
            assert await place(thief) == before
            assert thief.view
            await thief.send(f"{thief.view.run}:{data.partition(':')[2]}")
    assert "Ajena 1" in told(thief)
    assert "Cuenta" not in told(thief)
    assert {row.chat_id for row in await office.rows(outbox)} == {OTHER}


@pytest.mark.parametrize("path", PATHS, ids=lambda path: " > ".join(path) or "menu")
async def test_after_five_idle_minutes_every_screen_asks_to_enter(
    office: OfficeWorld, path: tuple[str, ...]
) -> None:
    rosa = await inside(office, OWNER, NUMBER)
    for label in path:
        await rosa.tap(label)
    assert rosa.buttons
    label = rosa.buttons[0]
    office.clock.forward(minutes=5, seconds=1)
    rosa.shown.clear()
    await rosa.tap(label)
    assert rosa.session is None
    assert "Cerré su sesión" in rosa.screen
    assert [secret for secret in SECRETS if secret in told(rosa)] == []
    await rosa.enter(NUMBER)
    assert rosa.session is not None


async def test_a_session_that_does_not_run_out_is_noticed(
    office: OfficeWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.turn.Turn.expired", lambda turn: False)
    with pytest.raises(AssertionError):
        await test_after_five_idle_minutes_every_screen_asks_to_enter(office, ("Mi estado",))


async def test_buttons_that_serve_in_any_run_are_noticed(
    office: OfficeWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.hearing.unpack", lambda raw, _: unpack(raw, raw.partition(":")[0]))
    with pytest.raises(AssertionError):
        await test_buttons_of_one_member_show_nothing_of_theirs_to_another(office)


def payloads(run: str, draw: random.Random) -> Iterator[str]:
    """Random bytes, real buttons with characters changed, runs of others, endless fields."""
    real = list(forged(run, draw))
    signs = "abcxyz019:_-ñé\x00\n ;'\"<>%$"
    while True:
        made = list(draw.choice(real))
        for _ in range(draw.randint(1, 4)):
            made[draw.randrange(len(made))] = draw.choice(signs)
        yield draw.choice(("".join(made), "".join(draw.choices(signs, k=draw.randint(0, 64)))))


def test_a_hundred_thousand_payloads_are_a_button_of_this_run_or_nothing() -> None:
    draw = random.Random(7)
    source = payloads("run123", draw)
    read = [unpack(next(source), "run123") for _ in range(FUZZED)]
    assert sum(each is not None for each in read) > 100
    for each in filter(None, read):
        assert isinstance(each, Callback)
        assert unpack(each.pack("run123"), "run123") == each or each.pack(STANDING)


async def test_forged_payloads_move_no_chat_and_order_nothing(office: OfficeWorld) -> None:
    """At the door and inside; the person can go on afterwards."""
    source = payloads("other1", random.Random(11))
    rosa = await inside(office, OWNER, NUMBER)
    stranger = office.person(5)
    await stranger.give_document("40555555")
    for person in (rosa, stranger):
        before: tuple[Any, ...] = (*await place(person), person.data)
        for _ in range(100):
            data = next(source)
            await person.send(data)
            assert (*await place(person), person.data) == before, data
    assert await office.rows(outbox) == []
    await rosa.tap("Mi estado")
    assert "1.234.567" in rosa.screen
    await stranger.press("1234")
    assert "persona" in stranger.screen
