"""A file as batches of checked rows, in constant memory."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TextIO

from storage.intake.columns import Notation
from storage.intake.findings import FileUnusable, Finding, Level, Reason
from storage.intake.header import Header, read_header
from storage.intake.layouts import Layout
from storage.intake.lines import records
from storage.intake.manifest import Declared
from storage.intake.numbers import Decimals
from storage.intake.rows import Row, RowReader, RowRejected
from storage.intake.settling import settle
from storage.intake.source import delimiter_of, encoding_of, opened

BATCH = 5_000
Advance = Callable[[int], None]


@dataclass(slots=True)
class Batch:
    """Some rows of a file; each finding comes with the subject of its row, when known."""

    rows: list[Row] = field(default_factory=list)
    findings: list[tuple[Finding, str | None]] = field(default_factory=list)


class FileReader:
    """One file, opened as often as it takes: once to settle its marks, once to read it."""

    def __init__(self, path: Path, layout: Layout, declared: Declared) -> None:
        self._path = path
        self._layout = layout
        self._declared = declared
        self._encoding = declared.encoding or encoding_of(path)
        self._delimiter = declared.delimiter or delimiter_of(path, self._encoding)
        with self._data() as (header, _, _records):
            self.header = header

    @property
    def fields(self) -> tuple[str, ...]:
        """The fields that this file brings."""
        columns = zip(self.header.places, self._layout.fields, strict=True)
        return tuple(name for place, name in columns if place is not None)

    def warnings(self) -> list[Finding]:
        """The columns that nobody reads."""
        return [
            Finding(Level.WARNING, self._layout.file, None, name, Reason.COLUMN_UNKNOWN)
            for name in self.header.unknown
        ]

    def batches(self, cut_off: date, advance: Advance) -> Iterator[Batch]:
        """The rows in the file's order; `advance` is told the bytes read since last time."""
        notation = Notation(self._decimals(), self._declared.dates, cut_off)
        reader = RowReader(self._layout, self.header, notation)
        with self._data() as (_, stream, rest):
            batch, told = Batch(), 0
            for line, cells in rest:
                self._read(reader, batch, line, cells)
                if len(batch.rows) + len(batch.findings) >= BATCH:
                    yield batch
                    batch, position = Batch(), stream.buffer.tell()
                    advance(position - told)
                    told = position
            yield batch
            advance(stream.buffer.tell() - told)

    def _read(self, reader: RowReader, batch: Batch, line: int, cells: list[str] | None) -> None:
        try:
            batch.rows.append(reader.read(line, cells))
        except RowRejected as rejected:
            for column, problem, quoted in rejected.problems:
                detail = quoted if problem.detail is None else problem.detail
                finding = Finding(
                    Level.REJECTED, self._layout.file, line, column, problem.reason, detail
                )
                batch.findings.append((finding, rejected.subject))

    def _decimals(self) -> Decimals:
        columns = zip(self.header.places, self._layout.columns, strict=True)
        numeric = [(p, c.header) for p, c in columns if c.numeric and p is not None]
        if self._declared.decimals or not numeric:
            return self._declared.decimals or Decimals.UNSETTLED
        with self._data() as (_, _stream, rest):
            return settle(rest, numeric)

    @contextmanager
    def _data(
        self,
    ) -> Iterator[tuple[Header, TextIO, Iterator[tuple[int, list[str] | None]]]]:
        with opened(self._path, self._encoding) as stream:
            rest = records(stream, self._delimiter)
            line, cells = next(rest, (1, None))
            if cells is None:
                raise FileUnusable(Reason.NO_HEADER, line=line)
            yield read_header(cells, self._layout.columns, line), stream, rest
