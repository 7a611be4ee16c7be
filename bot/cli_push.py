"""`coopbot api-key …` and `coopbot notifications …`: what operators do about pushed messages."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Annotated

import typer

from domain.notifications.api_keys import Scope

api_key = typer.Typer(no_args_is_help=True, help="Keys of the programs that push notifications.")


@api_key.command("create")
def create_key(
    name: Annotated[str, typer.Argument(help="The program it is for: core, web-portal, …")],
    scope: Annotated[
        list[Scope] | None, typer.Option(help="What it may do; all of it by default.")
    ] = None,
) -> None:
    """Make a key and show it, once. Two may be live at a time: make one, then revoke the other."""
    from bot.commands_keys import create

    _work(lambda url: create(url, name, frozenset(scope or Scope)))


@api_key.command("list")
def list_keys() -> None:
    """Every key there was: whose it is, what it may do, when it was last used."""
    from bot.commands_keys import show

    _work(show)


@api_key.command("revoke")
def revoke_key(
    public: Annotated[str, typer.Argument(metavar="KEY", help="Its public part, as `list` says.")],
) -> None:
    """Have a key open nothing from now on."""
    from bot.commands_keys import revoke

    _work(lambda url: revoke(url, public))


def _work(command: Callable[[str], Awaitable[int]]) -> None:
    """Run it over the database of the settings, brought to its newest version; exit as it says."""
    from bot.settings import DatabaseSettings
    from storage.migrate import OutdatedSchema, prepare

    async def work() -> int:
        url = DatabaseSettings().database_url
        await prepare(url)
        return await command(url)

    try:
        status = asyncio.run(work())
    except OutdatedSchema as error:
        typer.echo(str(error), err=True)
        status = 2
    raise typer.Exit(status)
