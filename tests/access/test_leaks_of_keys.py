"""No seed, recovery code or PIN of a member's own keys in any file, log line or table."""

import logging
import re
from pathlib import Path
from typing import Any

import pyotp
import pytest

from domain.access.totp import STEP, Seed
from storage.access.totp import Vault
from tests.access.inside import OfficeWorld
from tests.access.test_leaks import members_pin, remains
from tests.access.world import Person, World

KEY = re.compile(r"\b([A-Z2-7]{32})\b")
RECOVERY = re.compile(r"\b(\d{4}) (\d{4})\b")
NUMBER = "20110101"
FIRST, SECOND = members_pin(107), members_pin(128)


@pytest.fixture
def office(world: World) -> OfficeWorld:
    return OfficeWorld(world.database, world.mailbox, world.smtp_port, world.pins, world.secrets)


async def prove(person: Person) -> None:
    await person.world.deliver()
    code = re.findall(r"seguir es: (\d{6})\b", person.world.mailbox.letters[-1].as_string())
    await person.say(code[-1])


async def live(office: OfficeWorld) -> list[str]:
    """A member changes the PIN, adds an app and enters with it; every secret that was used."""
    await office.enrol(NUMBER, FIRST)
    person = office.person(1)
    await person.enter(NUMBER, FIRST)
    await person.say("cambiar pin")
    await person.tap("Empezar")
    await person.press(FIRST, "Seguir")
    await prove(person)
    for _ in range(2):
        await person.press(SECOND, "Seguir")
    await person.say("app de códigos")
    await person.tap("Agregar")
    await prove(person)
    found = KEY.search(person.screen)
    assert found
    app = pyotp.TOTP(found[1])
    await person.say(app.at(office.clock.now()))
    codes = ["".join(pair) for pair in RECOVERY.findall(person.screen)]
    assert len(codes) == 10
    await person.tap("Ya los guardé")
    for code in (app.at(office.clock.now() + STEP), codes[0]):
        await person.say("/salir")
        office.clock.forward(seconds=31)
        await person.ask_code(NUMBER, SECOND)
        await person.say(code)
        assert person.session is not None
    return [app.secret, *codes, FIRST, SECOND]


async def scan(office: OfficeWorld, folder: Path, log: Any, capfd: Any) -> list[str]:
    log.set_level(logging.DEBUG)
    log.set_level(logging.WARNING, "mail.log")
    log.set_level(logging.INFO, "aiosqlite")
    secrets = await live(office)
    printed = capfd.readouterr()
    everything = await remains(office, folder, log.text + printed.out + printed.err)
    return [secret for secret in secrets if secret.encode() in everything]


async def test_nothing_leaks(
    office: OfficeWorld, tmp_path: Path, caplog: pytest.LogCaptureFixture, capfd: Any
) -> None:
    assert await scan(office, tmp_path, caplog, capfd) == []


async def test_seeds_kept_in_clear_are_found(
    office: OfficeWorld,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
    capfd: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(Vault, "lock", lambda _self, _holder, seed: seed.secret)
    monkeypatch.setattr(Vault, "unlock", lambda _self, _holder, sealed: Seed(sealed))
    assert len(await scan(office, tmp_path, caplog, capfd)) == 1
