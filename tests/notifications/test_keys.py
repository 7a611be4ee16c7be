"""Keys of programs: shown once, kept as a digest, two at a time."""

import asyncio
import base64
import re

import pytest
from sqlalchemy import select
from typer.testing import CliRunner

from bot.cli import app
from domain.notifications.api_keys import (
    NewKey,
    Scope,
    TooManyKeys,
    is_client_name,
    new_key,
    read_key,
)
from storage.notifications.api_keys import ApiKeyRepository
from storage.schema import api_key

ALL = frozenset(Scope)


async def create(database, clock, client="core"):
    key = new_key()
    async with database.unit() as connection:
        await ApiKeyRepository(connection).create(client, ALL, key, clock.now())
    return key


async def test_a_key_opens_until_it_is_revoked(database, clock):
    key = await create(database, clock)
    async with database.unit() as connection:
        keys = ApiKeyRepository(connection)
        record = await keys.live(key, clock.now())
        assert (record.client, record.scopes) == ("core", ALL)
        assert await keys.revoke(key.name, clock.now())
        assert await keys.live(key, clock.now()) is None
        assert not await keys.revoke(key.name, clock.now())


async def test_the_secret_is_not_in_the_database(database, clock):
    key = await create(database, clock)
    async with database.unit() as connection:
        (row,) = (await connection.execute(select(api_key))).all()
    assert key.secret not in str(row)
    assert key.secret not in repr(key)
    assert key.digest == row.digest


async def test_the_right_name_with_another_secret_opens_nothing(database, clock):
    key, other = await create(database, clock), await create(database, clock, "portal")
    async with database.unit() as connection:
        keys = ApiKeyRepository(connection)
        assert await keys.live(NewKey(key.name, other.secret), clock.now()) is None
        assert await keys.live(NewKey("0" * 12, key.secret), clock.now()) is None


async def test_two_live_keys_and_no_third_however_many_ask_at_once(database, clock):
    made = await asyncio.gather(
        *(create(database, clock) for _ in range(8)), return_exceptions=True
    )
    assert sum(isinstance(each, NewKey) for each in made) == 2
    assert sum(isinstance(each, TooManyKeys) for each in made) == 6
    first = next(each for each in made if isinstance(each, NewKey))
    async with database.unit() as connection:
        await ApiKeyRepository(connection).revoke(first.name, clock.now())
    await create(database, clock)


async def test_its_last_use_is_noted(database, clock):
    key = await create(database, clock)
    clock.forward(days=3)
    async with database.unit() as connection:
        await ApiKeyRepository(connection).live(key, clock.now())
        (record,) = await ApiKeyRepository(connection).all()
    assert record.last_used_on.isoformat() == "2026-11-07"


def test_what_is_no_key_is_not_read():
    key = new_key()
    assert read_key(key.shown) == key
    for text in (
        "",
        "coopbot",
        key.shown[:-1],
        key.shown + "x",
        key.shown.upper(),
        " " + key.shown,
    ):
        assert read_key(text) is None


@pytest.mark.parametrize(
    ("name", "good"),
    [("core", True), ("web-portal-2", True), ("coopbot", False), ("Core", False), ("x", False)],
)
def test_names_of_programs(name, good):
    assert is_client_name(name) is good


def test_the_commands(tmp_path, monkeypatch):
    monkeypatch.setenv("COOPBOT_DATABASE_URL", f"sqlite:///{tmp_path / 'c.db'}")
    monkeypatch.setenv("COOPBOT_SECRET_KEY", base64.b64encode(bytes(32)).decode())
    run = CliRunner().invoke
    made = run(app, ["api-key", "create", "core", "--scope", "send"])
    assert made.exit_code == 0
    shown = made.stdout.strip()
    assert read_key(shown)
    listed = run(app, ["api-key", "list"])
    public = shown.split("_")[1]
    assert public in listed.stdout
    assert shown.split("_", 2)[2] not in listed.stdout
    assert re.search(r"core\s+│ send ", listed.stdout)
    assert run(app, ["api-key", "create", "core"]).exit_code == 0
    third = run(app, ["api-key", "create", "core"])
    assert (third.exit_code, third.stdout) == (1, "")
    assert "ya tiene dos claves vivas" in third.stderr
    assert run(app, ["api-key", "revoke", public]).exit_code == 0
    assert run(app, ["api-key", "revoke", public]).exit_code == 1
    assert run(app, ["api-key", "create", "CORE!"]).exit_code == 2
