"""`coopbot certificates`: issue a year's, void one, tell whether one is genuine."""

import getpass
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)

from bot.bulk import BulkIssue
from bot.paper_file import digest_of_file
from bot.settings import OfficeSettings
from domain.access.journal import Action, Result
from domain.access.seals import Seal
from domain.certificates.check import AlreadyVoid, NotGenuine, Standing
from domain.certificates.facts import CertificateKind
from domain.clock import Clock, SystemClock, local_date
from handlers.certificates.press import Press
from handlers.kit.texts import plain
from handlers.verification.wording import facts_of
from storage.access.journal import JournalRepository
from storage.audit.chain import Chain
from storage.certificates.desk import inspecting, voiding
from storage.certificates.records import RecordsRepository
from storage.cooperative_file import read_cooperative
from storage.database import Database
from storage.migrate import migrate, require_newest
from storage.secrets import Secrets

KEY = "certificates_command"


async def issue(
    settings: OfficeSettings,
    directory: Path,
    kind: CertificateKind,
    year: int,
    member_number: str | None,
    console: Console | None = None,
    clock: Clock | None = None,
) -> int:
    """Write the certificates of a closed year into the directory; the exit status.

    Everybody's, or one member's. 2 when the year is not closed, 1 when there is no such member.
    """
    console, clock = console or Console(), clock or SystemClock()
    async with _opened(settings) as database:
        if not await _closed(database, kind, year, clock):
            console.print(plain(f"{KEY}.not_closed", {"year": year}))
            return 2
        await _note(database, clock, f"{kind} {year} {member_number or 'all'}")
        bulk = _bulk(settings, database, directory, clock)
        if member_number is None:
            return await _everybody(console, bulk, kind, year)
        path = await bulk.one(kind, year, member_number)
    console.print(plain(f"{KEY}.{'one' if path else 'nobody'}", {"path": path}), highlight=False)
    return 0 if path else 1


async def void(settings: OfficeSettings, named: str, reason: str) -> int:
    """Void the certificate of that code or folio; the exit status, 1 when that cannot be."""
    secrets, now = Secrets(settings.key()), SystemClock().now()
    async with _opened(settings) as database, database.unit() as connection:
        try:
            found = await voiding(connection, secrets).void(named, reason, getpass.getuser(), now)
        except NotGenuine:
            return _say("not_genuine", 1)
        except AlreadyVoid:
            return _say("already_void", 1)
    return _say("voided", 0, folio=found.folio)


async def check(settings: OfficeSettings, given: str) -> int:
    """Tell whether a code, or a file, is of a certificate of ours; 0 when it is and it stands."""
    path, secrets = Path(given), Secrets(settings.key())
    digest = digest_of_file(path)
    async with _opened(settings) as database, database.unit() as connection:
        inspection = inspecting(connection, secrets)
        try:
            verdict = await (inspection.of_file(digest) if digest else inspection.of_code(given))
        except NotGenuine:
            return _say("altered" if digest else "not_genuine", 1)
    for fact in facts_of(verdict):
        _say("fact", 0, label=fact.label, value=fact.value)
    return _say(f"standing.{verdict.standing}", int(verdict.standing is not Standing.VALID))


async def _everybody(console: Console, bulk: BulkIssue, kind: CertificateKind, year: int) -> int:
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=console) as progress:
        task = progress.add_task(
            plain(f"{KEY}.writing", {"year": year}), total=await bulk.expected(kind, year)
        )
        await bulk.all_of(kind, year, lambda count: progress.advance(task, count))
    done = {"written": bulk.count.written, "kept": bulk.count.kept, "path": bulk.directory}
    console.print(plain(f"{KEY}.done", done), highlight=False)
    return 0


def _bulk(settings: OfficeSettings, database: Database, directory: Path, clock: Clock) -> BulkIssue:
    cooperative, secrets = read_cooperative(settings.cooperative_file), Secrets(settings.key())
    press = Press(cooperative, Seal(secrets.certificates), settings.checked_at)
    directory.mkdir(parents=True, exist_ok=True)
    return BulkIssue(database, press, clock, directory)


async def _note(database: Database, clock: Clock, what: str) -> None:
    """Who had certificates written, in the audit trail."""
    why = f"{what} {getpass.getuser()}"
    async with database.unit() as connection:
        journal = JournalRepository(connection)
        await journal.note(clock.now(), Action.CERTIFICATE, Result.DONE, None, why)


async def _closed(database: Database, kind: CertificateKind, year: int, clock: Clock) -> bool:
    if not kind.annual or year >= local_date(clock.now()).year:
        return False
    async with database.unit() as connection:
        return await RecordsRepository(connection).is_closed(kind, year)


@asynccontextmanager
async def _opened(settings: OfficeSettings) -> AsyncIterator[Database]:
    database = Database(settings.database_url, Chain.of(Secrets(settings.key())))
    try:
        await (migrate if database.is_sqlite else require_newest)(database)
        yield database
    finally:
        await database.close()


def _say(name: str, status: int, **params: object) -> int:
    """Print that text; the exit status goes with it."""
    Console().print(plain(f"{KEY}.{name}", params), highlight=False, soft_wrap=True)
    return status
