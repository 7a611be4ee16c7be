"""`coopbot api-key`: keys of the programs that push notifications."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import typer
from rich.console import Console
from rich.table import Table

from domain.clock import SystemClock
from domain.notifications.api_keys import KeyRecord, Scope, TooManyKeys, is_client_name, new_key
from handlers.kit.texts import plain
from storage.database import Database
from storage.notifications.api_keys import ApiKeyRepository

_COLUMNS = ("name", "client", "scopes", "created", "used", "revoked")


async def create(database_url: str, client: str, scopes: frozenset[Scope]) -> int:
    """Make and show a key; 2 for a name that is none, 1 when two are live."""
    if not is_client_name(client):
        typer.echo(plain("key_command.bad_name"), err=True)
        return 2
    key = new_key()
    try:
        async with _keys(database_url) as keys:
            await keys.create(client, scopes, key, SystemClock().now())
    except TooManyKeys:
        typer.echo(plain("key_command.two_live", {"client": client}), err=True)
        return 1
    typer.echo(plain("key_command.created", {"client": client}), err=True)
    typer.echo(key.shown)
    return 0


async def show(database_url: str) -> int:
    """List the keys."""
    async with _keys(database_url) as keys:
        records = await keys.all()
    table = Table(*(plain(f"key_command.column.{name}") for name in _COLUMNS))
    for record in records:
        table.add_row(*_cells(record))
    Console(width=120).print(table)
    return 0


async def revoke(database_url: str, name: str) -> int:
    """End a key by its public part; 1 when no live one has it."""
    async with _keys(database_url) as keys:
        found = await keys.revoke(name, SystemClock().now())
    typer.echo(plain("key_command.revoked" if found else "key_command.unknown"))
    return 0 if found else 1


def _cells(record: KeyRecord) -> list[str]:
    moments = (record.created_at, record.last_used_on, record.revoked_at)
    shown = [moment.strftime("%Y-%m-%d") if moment else "" for moment in moments]
    return [record.name, record.client, " ".join(sorted(record.scopes)), *shown]


@asynccontextmanager
async def _keys(database_url: str) -> AsyncIterator[ApiKeyRepository]:
    database = Database(database_url)
    try:
        async with database.unit() as connection:
            yield ApiKeyRepository(connection)
    finally:
        await database.close()
