"""CSV files that a spreadsheet opens safely."""

import csv
from collections.abc import Iterable
from pathlib import Path

from handlers.documents.inert import inert


class Spreadsheet:
    """Written line by line; use it as a context manager."""

    def __init__(self, path: Path, head: Iterable[str]) -> None:
        # The mark at the beginning tells spreadsheets that it is UTF-8.
        self._file = path.open("w", encoding="utf-8-sig", newline="")
        self._writer = csv.writer(self._file, delimiter=";")
        self._writer.writerow(head)

    def __enter__(self) -> "Spreadsheet":
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def add(self, *cells: object) -> None:
        """Add a line; None is an empty cell."""
        self._writer.writerow(inert("" if cell is None else str(cell)) for cell in cells)
