"""`coopbot api-key …` and `coopbot notifications …`: what operators do about pushed messages."""

import asyncio
from collections.abc import Coroutine
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.refusal import refuse, refuse_file, settings_of
from domain.notifications.api_keys import USUAL, Scope
from domain.notifications.outcomes import Reason

if TYPE_CHECKING:
    from bot.settings import OfficeSettings

api_key = typer.Typer(no_args_is_help=True, help="Keys of the programs that push notifications.")
notifications = typer.Typer(no_args_is_help=True, help="Look after pushed notifications.")


@api_key.command("create")
def create_key(
    name: Annotated[str, typer.Argument(help="The program it is for: core, web-portal, …")],
    scope: Annotated[
        list[Scope] | None, typer.Option(help="What it may do; by default all but `profile`.")
    ] = None,
) -> None:
    """Make a key and show it, once. Two may be live at a time: make one, then revoke the other."""
    from bot.commands_keys import create

    _work(create(_settings(), name, frozenset(scope or USUAL)))


@api_key.command("list")
def list_keys() -> None:
    """Every key there was: whose it is, what it may do, when it was last used."""
    from bot.commands_keys import show

    _work(show(_settings()))


@api_key.command("revoke")
def revoke_key(
    public: Annotated[str, typer.Argument(metavar="KEY", help="Its public part, as `list` says.")],
) -> None:
    """Have a key open nothing from now on."""
    from bot.commands_keys import revoke

    _work(revoke(_settings(), public))


@notifications.command()
def plan(
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Only show what would go to whom, and when.")
    ] = False,
) -> None:
    """Plan now what the office tells by itself; `coopbot run` does it every quarter of an hour."""
    from bot.commands_notifications import plan as work
    from storage.cooperative_file import CooperativeFileError, read_cooperative

    settings = _settings()
    try:
        cooperative = read_cooperative(settings.cooperative_file)
    except CooperativeFileError as error:
        refuse_file(error)
    _work(work(settings, cooperative.notifications, dry_run=dry_run))


@notifications.command()
def dead(limit: Annotated[int, typer.Option(min=1, max=10_000)] = 50) -> None:
    """List what could not be sent, and why; newest first."""
    from bot.commands_notifications import dead as work

    _work(work(_settings(), limit))


@notifications.command()
def requeue(
    numbers: Annotated[list[int] | None, typer.Argument(help="As `dead` lists them.")] = None,
    reason: Annotated[
        Reason | None, typer.Option(help="All that died for it in the last 30 days.")
    ] = None,
) -> None:
    """Have what could not be sent tried again; a one-time code or what expired is not."""
    from bot.commands_notifications import requeue as work

    if bool(numbers) == (reason is not None):
        raise typer.BadParameter("give numbers, or --reason")
    _work(work(_settings(), numbers or [], reason))


def _settings() -> "OfficeSettings":
    from bot.settings import OfficeSettings

    return settings_of(OfficeSettings)


def _work(command: Coroutine[Any, Any, int]) -> None:
    """Run it and exit as it says."""
    from storage.migrate import OutdatedSchema

    try:
        raise typer.Exit(asyncio.run(command))
    except OutdatedSchema as error:
        refuse(error)
