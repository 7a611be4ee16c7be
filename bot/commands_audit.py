"""`coopbot audit`: is the trail as it was written, and what does it say."""

import json
from collections.abc import Awaitable, Callable
from datetime import date, datetime, time
from pathlib import Path

import typer

from bot.settings import KeySettings
from bot.spreadsheet import Spreadsheet
from domain.clock import BOGOTA
from handlers.kit.texts import catalog, plain, plural
from storage.audit.chain import Chain
from storage.audit.findings import Finding, Noted, Verdict
from storage.audit.reading import AuditReading, Record
from storage.audit.verifying import Verification
from storage.database import Database
from storage.migrate import OutdatedSchema, require_newest
from storage.secrets import Secrets

_COLUMNS = (
    *("number", "at", "action", "result", "telegram", "member", "staff", "object", "details"),
    "chain",
)
UNUSABLE = 2


async def verify(settings: KeySettings, expect: str | None) -> int:
    """Say what is wrong with the trail; 0 nothing, 1 something, 2 it could not be looked at."""
    try:
        noted = read_noted(expect) if expect else None
    except ValueError:
        typer.echo(plain("audit_command.malformed"), err=True)
        return UNUSABLE

    async def look(database: Database) -> int:
        chain = Chain.of(Secrets(settings.key()))
        verdict = await Verification(AuditReading(database.unit), chain).verify(noted)
        _tell(verdict)
        return 1 if verdict.findings else 0

    return await _with_database(settings.database_url, look)


async def export(database_url: str, file: Path, since: date | None) -> int:
    """Write the entries since that day in Colombia, or all; 2 when that cannot be done."""
    start = datetime.combine(since, time(), BOGOTA) if since else None

    async def write(database: Database) -> int:
        count = 0
        with Spreadsheet(file, [plain(f"audit_command.column.{name}") for name in _COLUMNS]) as to:
            async for record in AuditReading(database.unit).since(start):
                to.add(*_cells(record))
                count += 1
        told = {"count": count, "path": str(file)}
        typer.echo(plain(plural("audit_command.written", count), told))
        return 0

    return await _with_database(database_url, write)


def read_noted(text: str) -> Noted:
    """`NUMBER:SEAL` as the log shows it; ValueError for anything else."""
    number, _, seal = text.strip().partition(":")
    if len(bytes.fromhex(seal)) != 32:
        raise ValueError(text)
    return Noted(int(number), seal.lower())


async def _with_database(url: str, work: Callable[[Database], Awaitable[int]]) -> int:
    database = Database(url)
    try:
        await require_newest(database)
        return await work(database)
    except (OutdatedSchema, OSError) as error:
        typer.echo(str(error), err=True)
        return UNUSABLE
    finally:
        await database.close()


def _tell(verdict: Verdict) -> None:
    for finding in verdict.findings:
        typer.echo(_sentence(finding), err=True)
    if verdict.before:
        count = {"count": verdict.before}
        typer.echo(plain(plural("audit_command.before", verdict.before), count))
    key = "audit_command.flawed" if verdict.findings else "audit_command.intact"
    typer.echo(plain(plural(key, verdict.entries), {"count": verdict.entries}))
    if verdict.head:
        typer.echo(plain("audit_command.head", {"head": verdict.head}))


def _sentence(finding: Finding) -> str:
    many = "one" if finding.first == finding.last else "other"
    params = {"first": finding.first, "last": finding.last, "place": finding.place}
    key = f"audit_command.flaw.{finding.flaw}"
    return plain(f"{key}.{many}" if f"{key}.{many}" in catalog() else key, params)


def _cells(record: Record) -> tuple[object, ...]:
    why = json.loads(record.details).get("why")
    return (
        record.id,
        f"{record.at.astimezone(BOGOTA):%Y-%m-%d %H:%M:%S}",
        _named("action", record.action),
        _named("result", record.result),
        *(record.telegram_id, record.member_id, record.staff_id, record.object),
        _named("why", why) if why else None,
        record.chain,
    )


def _named(kind: str, word: str) -> str:
    """The word in Spanish; as it is where there is no name for it."""
    key = f"audit_command.{kind}.{word}"
    return plain(key) if key in catalog() else word
