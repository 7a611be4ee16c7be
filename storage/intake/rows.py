"""One record into one row of a staging table, or into what is wrong with it."""

from collections.abc import Sequence

from storage.intake.cells import clean
from storage.intake.columns import Notation, Parser, Value
from storage.intake.findings import Reason, Unacceptable
from storage.intake.header import Header
from storage.intake.layouts import Layout
from storage.intake.rules import Record, Rule

Row = tuple[Value, ...]
# The column's header (None: the whole row), what is wrong, the bad cell where it may be quoted.
Problem = tuple[str | None, Unacceptable, str | None]
_QUOTED = 30


class RowRejected(Exception):
    """All that is wrong with one row; `subject` when it could be read whose row it is."""

    def __init__(self, problems: Sequence[Problem], subject: str | None = None) -> None:
        super().__init__(len(problems))
        self.problems = problems
        self.subject = subject


class RowReader:
    def __init__(self, layout: Layout, header: Header, notation: Notation) -> None:
        self._layout = layout
        self._width = header.width
        self._cells: list[tuple[int | None, Parser, bool]] = [
            (place, column.parser(notation), column.filled)
            for place, column in zip(header.places, layout.columns, strict=True)
        ]

    def read(self, line: int, cells: list[str] | None) -> Row:
        """The row: its line, then a value per column of the layout; RowRejected tells why not."""
        if cells is None:
            raise RowRejected([(None, Unacceptable(Reason.BROKEN_QUOTES), None)])
        if len(cells) != self._width and not self._only_blanks_beyond(cells):
            detail = f"{len(cells)} / {self._width}"
            raise RowRejected([(None, Unacceptable(Reason.CELL_COUNT, detail), None)])
        try:
            values = [_value(cells, *cell) for cell in self._cells]
        except Unacceptable:
            raise self._rejection(cells) from None
        rule = self._layout.rule
        return (line, *values) if rule is None else (line, *self._ruled(values, rule))

    def _only_blanks_beyond(self, cells: list[str]) -> bool:
        return len(cells) > self._width and not "".join(cells[self._width :]).strip()

    def _ruled(self, values: list[Value], rule: Rule) -> list[Value]:
        record: Record = dict(zip(self._layout.fields, values, strict=True))
        problems = list(rule(record))
        if problems:
            headers = {c.field: c.header for c in self._layout.columns}
            told = [(headers[field], problem, None) for field, problem in problems]
            raise RowRejected(told, str(record[self._layout.subject]))
        return list(record.values())

    def _rejection(self, cells: list[str]) -> RowRejected:
        problems: list[Problem] = []
        subject: str | None = None
        for cell, column in zip(self._cells, self._layout.columns, strict=True):
            try:
                value = _value(cells, *cell)
            except Unacceptable as problem:
                quoted = clean(cells[cell[0] or 0])[:_QUOTED] if column.shown else None
                problems.append((column.header, problem, quoted))
            else:
                subject = str(value) if column.field == self._layout.subject else subject
        return RowRejected(problems, subject)


def _value(cells: list[str], place: int | None, parse: Parser, filled: bool) -> Value:
    text = "" if place is None else clean(cells[place])
    if text:
        return parse(text)
    if filled:
        raise Unacceptable(Reason.EMPTY)
    return None
