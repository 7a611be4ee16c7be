"""The first record of a file: which cell belongs to which column."""

from collections.abc import Sequence
from dataclasses import dataclass

from storage.intake.cells import clean, keyword
from storage.intake.columns import Column
from storage.intake.findings import FileUnusable, Reason

_LONGEST_NAME = 40


@dataclass(frozen=True, slots=True)
class Header:
    """Where each column of the layout stands (None: not in this file)."""

    width: int
    places: tuple[int | None, ...]
    unknown: tuple[str, ...]


def read_header(cells: Sequence[str], columns: Sequence[Column], line: int) -> Header:
    """The header's map; FileUnusable when a needed column is missing or one comes twice."""
    names = [keyword(clean(c)) for c in cells]
    known = {c.header for c in columns}
    for name in known:
        if names.count(name) > 1:
            raise FileUnusable(Reason.COLUMN_REPEATED, line=line, column=name)
    for column in columns:
        if column.needed and column.header not in names:
            raise FileUnusable(Reason.COLUMN_MISSING, line=line, column=column.header)
    places = tuple(names.index(c.header) if c.header in names else None for c in columns)
    unknown = tuple(n[:_LONGEST_NAME] for n in names if n and n not in known)
    return Header(len(names), places, unknown)
