"""How a command that cannot begin ends: with what is wrong, and without a stack trace."""

from typing import NoReturn

import typer


def refuse(error: Exception) -> NoReturn:
    """Say on standard error what is wrong and end with status 2."""
    details = getattr(error, "errors", None)
    lines = [_line(row) for row in details()] if callable(details) else [str(error)]
    for line in lines:
        typer.echo(line, err=True)
    raise typer.Exit(2)


def _line(problem: dict[str, object]) -> str:
    where = problem["loc"]
    name = "_".join(map(str, where)).upper() if isinstance(where, tuple) and where else ""
    said = str(problem["msg"]).removeprefix("Value error, ")
    return f"COOPBOT_{name}: {said}" if name else said
