"""The commands of coopbot. Each loads what it needs when it runs, so that all start fast."""

import asyncio
import gc
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from bot.cli_push import api_key
from bot.cli_simulate import app as simulate
from domain.members import DocumentType

if TYPE_CHECKING:
    from storage.cooperative.problems import CooperativeFileError

app = typer.Typer(
    name="coopbot",
    help="The virtual office of a savings-and-credit cooperative, in Telegram.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)
app.add_typer(api_key, name="api-key")
app.add_typer(simulate, name="simulate")


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
        _refuse_file(error)
    except ValueError as error:
        _refuse(error)
    open_journal(settings.secrets())
    try:
        asyncio.run(serve(settings, cooperative))
    except OutdatedSchema as error:
        _refuse(error)


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
        _refuse(error)


@app.command()
def unlock(document_type: DocumentType, number: str) -> None:
    """Let a member who is locked out, or whose first key expired, try again."""
    from bot.commands_access import unlock as work

    raise typer.Exit(asyncio.run(work(_database_url(), document_type, number)))


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


def _database_url() -> str:
    from bot.settings import DatabaseSettings

    return DatabaseSettings().database_url


def _refuse_file(error: "CooperativeFileError") -> NoReturn:
    from bot.file_problems import sentences

    for sentence in sentences(error):
        typer.echo(sentence, err=True)
    raise typer.Exit(2)


def _refuse(error: Exception) -> NoReturn:
    """End with what is wrong on standard error, without a stack trace."""
    from bot.settings_problems import sentences

    lines = sentences(error) if isinstance(error, ValueError) else [str(error)]
    for line in lines:
        typer.echo(line, err=True)
    raise typer.Exit(2)
