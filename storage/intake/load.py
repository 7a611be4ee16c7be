"""Loading a directory: read and check outside any lock, then merge in one transaction."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

from domain.clock import local_date
from storage.database import Database
from storage.intake.filling import Filler
from storage.intake.findings import FileUnusable, Finding, Level, Reason
from storage.intake.layouts import LAYOUTS, MEMBERS
from storage.intake.manifest import FILE as MANIFEST_FILE
from storage.intake.manifest import Manifest, read_manifest
from storage.intake.merger import Merger
from storage.intake.outcome import Options, Outcome, Progress
from storage.intake.rejecting import told
from storage.intake.staging import staged

Report = Callable[[Finding], None]
_TABLES = frozenset(Path(layout.file).stem for layout in LAYOUTS)


async def load(
    database: Database, directory: Path, options: Options, progress: Progress, report: Report
) -> Outcome:
    """Load the directory's files; every finding is reported, in the order of files and lines."""
    try:
        manifest = read_manifest(directory, _TABLES)
        cut_off = _cut_off(manifest, options)
    except FileUnusable as problem:
        report(Finding(Level.ERROR, MANIFEST_FILE, None, None, problem.reason, problem.detail))
        return Outcome(errors=1)
    async with database.engine.connect() as connection, staged(connection) as staging:
        outcome = await Filler(staging, directory, manifest, progress).fill(cut_off)
        if outcome.of(MEMBERS.file):
            progress.merging()
            async with connection.begin():
                await Merger(connection, options, cut_off).merge(outcome)
        async with connection.begin():
            async for finding in told(connection):
                report(finding)
    return outcome


def _cut_off(manifest: Manifest, options: Options) -> date:
    cut_off = options.cut_off or manifest.cut_off
    if cut_off is None:
        raise FileUnusable(Reason.CUT_OFF_MISSING)
    if cut_off > local_date(options.clock.now()):
        raise FileUnusable(Reason.CUT_OFF_FUTURE, cut_off.isoformat())
    return cut_off
