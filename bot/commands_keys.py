"""`coopbot api-key`: keys of the programs that push notifications."""

import typer
from rich.console import Console
from rich.table import Table

from bot.opened import opened
from bot.settings import KeySettings
from domain.clock import SystemClock
from domain.notifications.api_keys import KeyRecord, Scope, TooManyKeys, is_client_name, new_key
from handlers.kit.texts import plain
from storage.notifications.api_keys import ApiKeyRepository

_COLUMNS = ("name", "client", "scopes", "created", "used", "revoked")


async def create(settings: KeySettings, client: str, scopes: frozenset[Scope]) -> int:
    """Make and show a key; 2 for a name that is none, 1 when two are live."""
    if not is_client_name(client):
        typer.echo(plain("key_command.bad_name"), err=True)
        return 2
    key = new_key()
    try:
        async with opened(settings) as database, database.unit() as connection:
            keys = ApiKeyRepository(connection)
            await keys.create(client, scopes, key, SystemClock().now())
    except TooManyKeys:
        typer.echo(plain("key_command.two_live", {"client": client}), err=True)
        return 1
    typer.echo(plain("key_command.created", {"client": client}), err=True)
    typer.echo(key.shown)
    return 0


async def show(settings: KeySettings) -> int:
    """List the keys."""
    async with opened(settings) as database, database.unit() as connection:
        records = await ApiKeyRepository(connection).all()
    table = Table(*(plain(f"key_command.column.{name}") for name in _COLUMNS))
    for record in records:
        table.add_row(*_cells(record))
    Console(width=120).print(table)
    return 0


async def revoke(settings: KeySettings, name: str) -> int:
    """End a key by its public part; 1 when no live one has it."""
    async with opened(settings) as database, database.unit() as connection:
        found = await ApiKeyRepository(connection).revoke(name, SystemClock().now())
    typer.echo(plain("key_command.revoked" if found else "key_command.unknown"))
    return 0 if found else 1


def _cells(record: KeyRecord) -> list[str]:
    moments = (record.created_at, record.last_used_on, record.revoked_at)
    shown = [moment.strftime("%Y-%m-%d") if moment else "" for moment in moments]
    return [record.name, record.client, " ".join(sorted(record.scopes)), *shown]
