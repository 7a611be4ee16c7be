"""The report of an import as a CSV."""

from pathlib import Path

from bot.spreadsheet import Spreadsheet
from handlers.kit.texts import plain
from storage.intake.findings import Finding

_COLUMNS = ("level", "source", "line", "column", "reason")


class ReportFile:
    """Written line by line; use it as a context manager."""

    def __init__(self, path: Path) -> None:
        self._sheet = Spreadsheet(path, [plain(f"intake.report.{name}") for name in _COLUMNS])

    def __enter__(self) -> "ReportFile":
        return self

    def __exit__(self, *_: object) -> None:
        self._sheet.__exit__()

    def add(self, finding: Finding) -> None:
        """Add a line; the offending value is only there where the finding may quote it."""
        reason = plain(f"intake.reason.{finding.reason}", {"detail": finding.detail or ""})
        level = plain(f"intake.level.{finding.level}")
        self._sheet.add(level, finding.file, finding.line or "", finding.column or "", reason)
