"""No PIN, code, first key or secret key in any file, log line or table after many entries."""

import base64
import logging
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from handlers.kit import keypad
from handlers.kit.keypad import Keypad, Press
from storage.pins import ArgonPins
from storage.schema import metadata
from storage.secrets import Secrets
from tests.access import broken
from tests.access.plain_pins import PlainPins
from tests.access.world import World

MEMBERS = 20
# What is random by design and may hold any digits.
_SEALS = (
    *("id", "code_hash", "document_key", "pin_hash", "fence", "run", "text_sha256", "subject"),
    *("chain", "last", "before", "seal"),
)


def members_pin(n: int) -> str:
    """No digit of it occurs in the documents, telephones and dates of this test."""
    return "".join("46789"[(n // 5**i) % 5] for i in (3, 1, 2, 0))


async def live(world: World, members: int) -> list[str]:
    """Many first and second entries; every secret that was ever used."""
    secrets: list[str] = []
    for n in range(members):
        number, pin = f"2{n:07b}", members_pin(100 + 7 * n)
        await world.enrol(number=number, pin=None, mobile="3001112233")
        person = world.person(1000 + n)
        secrets.append(await person.enter(number, "19580305"))
        for _ in range(2):
            await person.press(pin, "Seguir")
        if person.session is None:  # a PIN of the thousand commonest
            continue
        await person.say("/salir")
        secrets += [await person.enter(number, pin), pin]
        assert person.session is not None
    assert len(secrets) > 2 * members
    return secrets


def files(folder: Path) -> bytes:
    return b"".join(f.read_bytes() for f in folder.rglob("*") if f.is_file())


async def remains(world: World, folder: Path, log: str) -> bytes:
    """All that is left of it: files, log, tables; without what is random by design."""
    everything = re.sub(r"0x[0-9a-f]+|[0-9a-f]{16,}", "", log).encode()
    random: set[str] = set()
    for table in metadata.sorted_tables:
        for row in await world.rows(table):
            values = row._asdict()
            random |= {str(values[name]) for name in _SEALS if values.get(name)}
            everything += repr([v for v in values.values() if isinstance(v, str)]).encode()
    if world.database.is_sqlite:
        everything += files(folder)
    for value in sorted(random, key=len, reverse=True):
        everything = everything.replace(value.encode(), b"\0") if len(value) > 5 else everything
    return re.sub(rb'nonce": "[\w-]+"|board": "[\w-]+"', b"\0", everything)


def found(secrets: list[str], everything: bytes) -> set[str]:
    return {secret for secret in {*secrets, "19580305"} if secret.encode() in everything}


async def scan(
    world: World,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
    capfd: Any,
    members: int = MEMBERS,
) -> set[str]:
    caplog.set_level(logging.DEBUG)
    caplog.set_level(logging.WARNING, "mail.log")  # the server at the other end
    caplog.set_level(logging.INFO, "aiosqlite")  # 100 lines a tap, without values
    secrets = await live(world, members)
    printed = capfd.readouterr()
    everything = await remains(world, tmp_path, caplog.text + printed.out + printed.err)
    key = world.secrets.master
    for form in (key, key.hex().encode(), base64.b64encode(key), world.secrets.codes):
        assert form not in everything
    return found(secrets, everything)


@pytest.mark.timeout(400)
async def test_nothing_leaks(
    world: World, tmp_path: Path, caplog: pytest.LogCaptureFixture, capfd: Any
) -> None:
    members = 5 * MEMBERS if world.database.is_sqlite else MEMBERS
    assert await scan(world, tmp_path, caplog, capfd, members) == set()


async def test_pins_kept_in_clear_are_found(
    world: World, tmp_path: Path, caplog: pytest.LogCaptureFixture, capfd: Any
) -> None:
    world.pins = PlainPins()
    assert len(await scan(world, tmp_path, caplog, capfd)) >= MEMBERS // 2


async def test_codes_kept_in_clear_are_found(
    world: World,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
    capfd: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("tests.access.world.Seal", broken.NoSeal)
    world.open_doorway = broken.with_change(broken.seal(broken.NoSeal))
    await world.enrol()
    person = world.person(1)
    await person.ask_code("40123123", "4831")
    await world.deliver()
    code = world.mailbox.codes[0]
    stored = [row.code_hash for row in await world.rows(metadata.tables["entry_attempt"])]
    assert stored == [code]


async def test_digits_kept_in_the_conversation_are_found(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With an order that anyone can know, the places would be the digits."""
    pin = "4831"
    await world.enrol()
    for account, leaks in ((5, False), (6, True)):
        if leaks:
            straight = "domain.access.shuffle.Shuffle.order"
            monkeypatch.setattr(straight, lambda shuffle, nonce, size: list(range(size)))
        person = world.person(account)
        await person.give_document("40123123")
        for digit in pin:
            await person.tap(digit)
        async with world.database.unit() as connection:
            table = metadata.tables["conversation"]
            own = select(table.c.data).where(table.c.chat_id == account)
            data = await connection.scalar(own)
        readable = "".join(str(keypad.PLACES.index(p)) for p in person.data["places"])
        assert pin not in str(data)
        assert (readable == pin) is leaks


def test_callback_data_holds_no_digit(world: World) -> None:
    board = Keypad(world.shuffle, 4, 8)
    for _ in range(200):
        data = keypad.blank()
        taps = [b.tap for row in board.rows(data) for b in row if isinstance(b.tap, Press)]
        assert all(not re.search(r"\d", tap.place) for tap in taps)
        assert len(taps) == 10


async def test_the_document_is_kept_by_the_members_table_alone(world: World) -> None:
    await world.enrol(number="40123123")
    person = world.person(1)
    await person.enter("40123123")
    for table in metadata.sorted_tables:
        rows = await world.rows(table)
        holds = any("40123123" in str(row) for row in rows)
        assert holds == (table.name == "member"), table.name


async def test_a_stolen_database_is_no_use_without_the_key(world: World) -> None:
    """A stolen database: the right key finds the PIN, another finds nothing."""
    stored = await world.pins.hash(1, "4831")
    thief = ArgonPins(Secrets(b"t" * 32))
    guesses = [f"{n:04}" for n in range(4826, 4836)]
    assert not any([await thief.matches(1, guess, stored) for guess in guesses])
    assert any([await world.pins.matches(1, guess, stored) for guess in guesses])
    thief.close()


def test_secrets_do_not_show_themselves(world: World) -> None:
    for shown in (repr(world.secrets), repr(world.shuffle), repr(world.postman.writer.code_seal)):
        assert "kkkk" not in shown
        assert "\\x" not in shown
    assert replace(world.secrets).codes != world.secrets.documents
