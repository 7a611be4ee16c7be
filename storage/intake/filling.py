"""Every file of a directory into its staging table, with its findings."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from storage.intake import tables
from storage.intake.findings import FileUnusable, Finding, Level, Reason
from storage.intake.layouts import LAYOUTS, MEMBERS, Layout
from storage.intake.manifest import Manifest
from storage.intake.outcome import FileCount, Outcome, Progress
from storage.intake.reading import FileReader
from storage.intake.rejecting import FIELDS, position, repeated, unstaged
from storage.intake.staging import Staging

Told = tuple[Finding, str | None]


class Filler:
    def __init__(
        self, staging: Staging, directory: Path, manifest: Manifest, progress: Progress
    ) -> None:
        self._staging = staging
        self._directory = directory
        self._manifest = manifest
        self._progress = progress

    async def fill(self, cut_off: date) -> Outcome:
        """Stage all files that are there; one that cannot be used is an error of the outcome."""
        outcome = Outcome(cut_off)
        for layout, path in _present(self._directory):
            try:
                outcome.files.append(await self._file(path, layout, cut_off))
            except FileUnusable as problem:
                outcome.errors += 1
                await self._unusable(layout, problem)
        return outcome

    async def _file(self, path: Path, layout: Layout, cut_off: date) -> FileCount:
        self._progress.reading(layout.file, _size(path))
        reader = FileReader(path, layout, self._manifest.declared(layout.file))
        await self._tell(layout, [(warning, None) for warning in reader.warnings()])
        for batch in reader.batches(cut_off, self._progress.advance):
            await self._staging.write(layout.stage, ("line", *layout.fields), batch.rows)
            await self._tell(layout, batch.findings)
        await self._reject_repeated(layout)
        return FileCount(layout.file, reader.fields)

    async def _reject_repeated(self, layout: Layout) -> None:
        await self._staging.run(repeated(layout, layout.unique, Reason.DUPLICATE))
        await self._staging.run(unstaged(layout))
        if layout is MEMBERS:
            document = ("document_type", "document_number")
            await self._staging.run(repeated(layout, document, Reason.DUPLICATE_DOCUMENT))
            await self._staging.run(unstaged(layout))

    async def _unusable(self, layout: Layout, problem: FileUnusable) -> None:
        # Rows staged before the file broke must not be merged.
        await self._staging.run(layout.stage.delete())
        finding = Finding(
            Level.ERROR, layout.file, problem.line, problem.column, problem.reason, problem.detail
        )
        await self._tell(layout, [(finding, None)])

    async def _tell(self, layout: Layout, told: Sequence[Told]) -> None:
        place = position(layout)
        rows = [
            (f.level.value, place, f.line, f.column, f.reason.value, f.detail, subject)
            for f, subject in told
        ]
        await self._staging.write(tables.findings, FIELDS, rows)


def _present(directory: Path) -> list[tuple[Layout, Path]]:
    """The files that are there, and always the members': without them nothing is loaded."""
    files = [(layout, directory / layout.file) for layout in LAYOUTS]
    return [(x, path) for x, path in files if path.is_file() or x is MEMBERS]


def _size(path: Path) -> int:
    if not path.is_file():
        raise FileUnusable(Reason.FILE_MISSING)
    return path.stat().st_size
