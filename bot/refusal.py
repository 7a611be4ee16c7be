"""How a command that cannot begin ends: with what is wrong, and without a stack trace."""

from collections.abc import Callable
from typing import TYPE_CHECKING, NoReturn, TypeVar

import typer

if TYPE_CHECKING:
    from storage.cooperative.problems import CooperativeFileError

Settings = TypeVar("Settings")


def settings_of(kind: Callable[[], Settings]) -> Settings:
    """The settings of that kind, from the environment; refuses with all that is wrong."""
    try:
        return kind()
    except ValueError as error:
        refuse(error)


def refuse(error: Exception) -> NoReturn:
    """Say on standard error what is wrong and end with status 2."""
    from bot.settings_problems import sentences

    for line in sentences(error) if isinstance(error, ValueError) else [str(error)]:
        typer.echo(line, err=True)
    raise typer.Exit(2)


def refuse_file(error: "CooperativeFileError") -> NoReturn:
    """Say all that is wrong with the cooperative file, line by line, and end with status 2."""
    from bot.file_problems import sentences

    for line in sentences(error):
        typer.echo(line, err=True)
    raise typer.Exit(2)
