"""The report of an import as a CSV that a spreadsheet opens safely."""

import csv
from pathlib import Path

from handlers.kit.texts import plain
from storage.intake.findings import Finding

_COLUMNS = ("level", "source", "line", "column", "reason")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


class ReportFile:
    """Written line by line; use it as a context manager."""

    def __init__(self, path: Path) -> None:
        # The mark at the beginning tells spreadsheets that it is UTF-8.
        self._file = path.open("w", encoding="utf-8-sig", newline="")
        self._writer = csv.writer(self._file, delimiter=";")

    def __enter__(self) -> "ReportFile":
        self._writer.writerow(plain(f"intake.report.{name}") for name in _COLUMNS)
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def add(self, finding: Finding) -> None:
        """Add a line; the offending value is only there where the finding may quote it."""
        reason = plain(f"intake.reason.{finding.reason}", {"detail": finding.detail or ""})
        level = plain(f"intake.level.{finding.level}")
        cells = (level, finding.file, finding.line or "", finding.column or "", reason)
        self._writer.writerow(_inert(str(cell)) for cell in cells)


def _inert(cell: str) -> str:
    """The cell as text: a spreadsheet would run one that begins like a formula."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
