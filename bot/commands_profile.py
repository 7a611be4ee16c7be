"""`coopbot export profile-updates`: approved changes of data, for the core system to take."""

import asyncio
import csv
from collections.abc import Sequence
from io import StringIO
from pathlib import Path

import typer

from domain.clock import SystemClock
from domain.profile.feed import BadCursor, Update
from domain.profile.outward import outward
from handlers.kit.texts import plain, plural
from storage.database import Database
from storage.profile.office import updates

HEADERS = ("posicion", "numero_asociado", "radicado", "campo", "valor", "aprobado")
# A spreadsheet takes a cell that begins so for a formula (OWASP ASVS 5.0, 1.2.10).
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\0")


async def export(database_url: str, file: Path) -> int:
    """Write what the core system has not acknowledged; the exit status."""
    rows, position = await _waiting(database_url)
    await asyncio.to_thread(file.write_text, _csv(rows), encoding="utf-8-sig", newline="")
    params = {"path": str(file), "count": len(rows), "position": position}
    key = plural("profile_command.exported", len(rows)) if rows else "profile_command.nothing"
    typer.echo(plain(key, params if rows else {"path": str(file)}))
    return 0


async def acknowledge(database_url: str, position: int) -> int:
    """Mark all up to that position as taken; the exit status, 2 for a position never given."""
    database = Database(database_url)
    try:
        async with database.unit() as connection:
            taken = await updates(connection).acknowledge(position, SystemClock().now())
    except BadCursor:
        typer.echo(plain("profile_command.bad_position"), err=True)
        return 2
    finally:
        await database.close()
    typer.echo(plain("profile_command.acknowledged", {"count": taken}))
    return 0


async def _waiting(database_url: str) -> tuple[Sequence[Update], int]:
    """All that waits, and the position to acknowledge when it has arrived."""
    database = Database(database_url)
    found: list[Update] = []
    since: int | None = None
    more = True
    try:
        while more:
            async with database.unit() as connection:
                batch = await updates(connection).read(since)
            found += batch.updates
            since, more = batch.since, batch.more
    finally:
        await database.close()
    return found, since or 0


def _csv(rows: Sequence[Update]) -> str:
    written = StringIO()
    writer = csv.writer(written, delimiter=";")
    writer.writerow(HEADERS)
    for row in rows:
        value = outward(row.field, row.value)
        cells = (row.member_number, row.request_number, row.field, value)
        writer.writerow([row.position, *map(safe, cells), row.approved_at.isoformat()])
    return written.getvalue()


def safe(cell: str) -> str:
    """A cell that no spreadsheet runs: an apostrophe goes before what begins like a formula."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
