"""The commands about employees."""

import asyncio
from typing import TYPE_CHECKING, Annotated

import typer

from bot.refusal import settings_of
from domain.staff.people import Role

if TYPE_CHECKING:
    from bot.settings import StaffSettings

staff = typer.Typer(no_args_is_help=True, help="Invite employees, list them, take them away.")


@staff.command()
def invite(
    name: str,
    role: Annotated[Role, typer.Option(help="What the employee is for.")],
    document: Annotated[
        str | None, typer.Option(help='Of their own membership: "CC 12345678".')
    ] = None,
    bot: Annotated[
        str | None, typer.Option(help="The bot's user name, instead of asking Telegram.")
    ] = None,
) -> None:
    """Print a link that serves once, for ten minutes."""
    from bot.commands_staff import invite as work

    raise typer.Exit(asyncio.run(work(_settings(), name, role, document, bot)))


@staff.command("list")
def show() -> None:
    """List everybody who was ever invited."""
    from bot.commands_staff import show as work

    raise typer.Exit(asyncio.run(work(_settings())))


@staff.command()
def revoke(name: str) -> None:
    """Take everything from an employee at once."""
    from bot.commands_staff import revoke as work

    raise typer.Exit(asyncio.run(work(_settings(), name)))


def _settings() -> "StaffSettings":
    from bot.settings import StaffSettings

    return settings_of(StaffSettings)
