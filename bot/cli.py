"""The commands of coopbot. Each loads what it needs when it runs, so that all start fast."""

import asyncio
import gc
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli_certificates import certificates
from bot.cli_push import api_key, notifications
from bot.cli_simulate import app as simulate
from bot.cli_staff import staff
from bot.refusal import refuse, refuse_file, settings_of
from domain.members import DocumentType

if TYPE_CHECKING:
    from bot.settings import KeySettings, OfficeSettings

app = typer.Typer(
    name="coopbot",
    help="The virtual office of a savings-and-credit cooperative, in Telegram.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)
app.add_typer(api_key, name="api-key")
app.add_typer(notifications, name="notifications")
app.add_typer(simulate, name="simulate")
audit = typer.Typer(no_args_is_help=True, help="Look through the audit trail.")
app.add_typer(audit, name="audit")
app.add_typer(staff, name="staff")
app.add_typer(certificates, name="certificates")
export = typer.Typer(no_args_is_help=True, help="What the core system takes from here.")
app.add_typer(export, name="export")


@app.command()
def run() -> None:
    """Serve members: polling, or webhook when COOPBOT_WEBHOOK_URL is set."""
    with _quick_imports():
        from bot.journal import open_journal
        from bot.running import run as serve
        from bot.settings import Settings
        from storage.cooperative_file import CooperativeFileError, read_cooperative
        from storage.migrate import OutdatedSchema

    try:
        settings = Settings()  # type: ignore[call-arg]
        cooperative = read_cooperative(settings.cooperative_file)
    except CooperativeFileError as error:
        refuse_file(error)
    except ValueError as error:
        refuse(error)
    open_journal(settings.secrets())
    try:
        asyncio.run(serve(settings, cooperative))
    except OutdatedSchema as error:
        refuse(error)


@app.command()
def demo(port: Annotated[int, typer.Option(help="Port of the chat page.")] = 8080) -> None:
    """Try everything: a local Telegram, the bot and a made-up cooperative in one process."""
    from bot.demo import demo as open_demo

    asyncio.run(open_demo(port))


@app.command("demo-data")
def demo_data(directory: Path) -> None:
    """Write the made-up cooperative as the files that a core system would export."""
    from bot.commands_intake import demo_data as write

    write(directory)


@app.command("import")
def import_(
    directory: Path,
    full: Annotated[
        bool, typer.Option(help="The files hold every member: mark absent ones inactive.")
    ] = False,
    report: Annotated[Path, typer.Option(help="Where rejected rows are listed.")] = Path(
        "informe-de-carga.csv"
    ),
    cut_off: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Cut-off date of the balances.")
    ] = None,
) -> None:
    """Load the files of a core system; bad rows go to the report, good ones are loaded."""
    from bot.commands_intake import import_files
    from storage.migrate import OutdatedSchema, prepare

    day: date | None = cut_off.date() if cut_off else None

    async def work(url: str) -> int:
        await prepare(url)
        return await import_files(url, directory, full=full, report=report, cut_off=day)

    try:
        raise typer.Exit(asyncio.run(work(_database_url())))
    except OutdatedSchema as error:
        refuse(error)


@app.command()
def unlock(
    document_type: DocumentType,
    number: str,
    reset: Annotated[
        bool, typer.Option("--reset", help="They may choose a new PIN; the old one is void.")
    ] = False,
    remove_app: Annotated[
        bool, typer.Option("--remove-app", help="Forget a lost authenticator app.")
    ] = False,
) -> None:
    """Let a member whom you know to be the one try again, after failures, a lock or a robbery."""
    from bot.commands_access import unlock as work
    from storage.cooperative_file import CooperativeFileError, read_cooperative

    office = _office()
    try:
        policies = read_cooperative(office.cooperative_file).policies
    except CooperativeFileError as error:
        refuse(error)
    grant = policies.reset_grant if reset else None
    done = work(office, document_type, number, grant=grant, remove_app=remove_app)
    raise typer.Exit(asyncio.run(done))


@audit.command("verify")
def audit_verify(
    expect: Annotated[
        str | None, typer.Option(metavar="NUMBER:SEAL", help="A head noted elsewhere, in the log.")
    ] = None,
) -> None:
    """Look for entries of the audit trail that were edited, removed, moved, added or cut off."""
    from bot.commands_audit import verify

    raise typer.Exit(asyncio.run(verify(_key_settings(), expect)))


@audit.command("export")
def audit_export(
    file: Path,
    since: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="From this day on, in Colombia.")
    ] = None,
) -> None:
    """Write the audit trail to a CSV file for an auditor."""
    from bot.commands_audit import export

    raise typer.Exit(asyncio.run(export(_database_url(), file, since.date() if since else None)))


@export.command("profile-updates")
def profile_updates(
    file: Annotated[
        Path, typer.Option(help="The CSV file to write, with all that was not acknowledged.")
    ] = Path("actualizaciones-de-datos.csv"),
    acknowledge: Annotated[
        int | None, typer.Option(help="Write nothing: all up to this position has been loaded.")
    ] = None,
) -> None:
    """Approved changes of members' data, for the core system."""
    from bot.commands_profile import acknowledge as take
    from bot.commands_profile import export as write

    url = _database_url()
    work = write(url, file) if acknowledge is None else take(url, acknowledge)
    raise typer.Exit(asyncio.run(work))


@app.command()
def migrate() -> None:
    """Bring the database to the newest version."""
    from storage.database import Database
    from storage.migrate import migrate as upgrade

    async def work() -> None:
        database = Database(_database_url())
        await upgrade(database)
        await database.close()

    asyncio.run(work())


@app.command()
def doctor(
    mail: Annotated[bool, typer.Option("--mail", help="Also greet the mail server.")] = False,
) -> None:
    """Check settings, cooperative file and database; say what is missing or wrong."""
    from bot.doctor import doctor as examine
    from domain.clock import SystemClock, local_date

    raise typer.Exit(examine(local_date(SystemClock().now()), mail=mail))


@contextmanager
def _quick_imports() -> Iterator[None]:
    """Modules are no garbage: looking for any takes a fifth of their loading, and later of each
    full collection."""
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


def _office() -> "OfficeSettings":
    from bot.settings import OfficeSettings

    return settings_of(OfficeSettings)


def _database_url() -> str:
    from bot.settings import DatabaseSettings

    return DatabaseSettings().database_url


def _key_settings() -> "KeySettings":
    from bot.settings import KeySettings

    return settings_of(KeySettings)
