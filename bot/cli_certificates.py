"""The commands about certificates."""

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.refusal import settings_of
from domain.certificates.facts import CertificateKind

if TYPE_CHECKING:
    from bot.settings import OfficeSettings

certificates = typer.Typer(help="Issue, void and check certificates.", no_args_is_help=True)


@certificates.command()
def issue(
    directory: Path,
    year: Annotated[int, typer.Option(help="The closed year that they certify.")],
    all_: Annotated[
        bool, typer.Option("--all", help="Everybody's with figures of that year.")
    ] = False,
    member: Annotated[
        str | None, typer.Option(help="Only this member's, by the member's number.")
    ] = None,
    kind: Annotated[
        CertificateKind, typer.Option(help="withholding or tax_return.")
    ] = CertificateKind.WITHHOLDING,
) -> None:
    """Write certificates of a closed year as PDF; killed, it goes on where it was."""
    from bot.commands_certificates import issue as work

    if all_ == (member is not None):
        raise typer.BadParameter("give one of --all and --member")
    raise typer.Exit(asyncio.run(work(_office(), directory, kind, year, member)))


@certificates.command()
def void(
    code_or_folio: str,
    reason: Annotated[str, typer.Option(help="Why; kept with the certificate and audited.")],
) -> None:
    """Void a certificate for good: whoever checks it is told."""
    from bot.commands_certificates import void as work

    raise typer.Exit(asyncio.run(work(_office(), code_or_folio, reason)))


@certificates.command()
def check(code_or_file: str) -> None:
    """Tell whether a code, or a PDF, is of a certificate of ours, and how it stands."""
    from bot.commands_certificates import check as work

    raise typer.Exit(asyncio.run(work(_office(), code_or_file)))


def _office() -> "OfficeSettings":
    from bot.settings import OfficeSettings

    return settings_of(OfficeSettings)
