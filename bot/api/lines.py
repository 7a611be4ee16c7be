"""An upload as it streams in: lines, records, rows; never more of it in memory than a line."""

import csv
import hashlib
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any, Protocol

from domain.notifications.flaws import Flaw

LONGEST_LINE = 32 << 10
JSON_LINES = ("application/x-ndjson", "application/jsonl", "application/json-lines")
CSV = "text/csv"
_LISTS = " ;,"
_PARAM = "params."
_TEXTS = frozenset(
    {
        "external_id",
        "member_number",
        "document_type",
        "document_number",
        "template",
        "text",
        "category",
        "not_before",
        "expires_at",
        "priority",
    }
)
COLUMNS = (*sorted(_TEXTS), "attachment", "silent", "buttons", "params.<name>")


@dataclass(frozen=True, slots=True)
class Row:
    """A row of an upload, by the number of its first line; `values`, or what is wrong with it."""

    line: int
    values: dict[str, Any] | None = None
    flaw: Flaw | None = None


class BadHead(ValueError):
    """The first line of a CSV file names columns that do not exist."""

    def __init__(self, flaws: list[Flaw]) -> None:
        super().__init__("the columns are wrong")
        self.flaws = flaws


class Digest(Protocol):
    def update(self, data: bytes, /) -> None: ...

    def hexdigest(self) -> str: ...


@dataclass(slots=True)
class Upload:
    """The body of an upload and, as far as it was read, its digest."""

    stream: AsyncIterator[bytes]
    media_type: str
    digest: Digest = field(default_factory=hashlib.sha256)

    def __post_init__(self) -> None:
        self.digest.update(self.media_type.encode())

    async def rows(self) -> AsyncIterator[Row]:
        """Each row in turn; BadHead when the first line of a CSV is none."""
        reading = self._csv() if self.media_type == CSV else self._json()
        async for row in reading:
            yield row

    async def read_on(self) -> None:
        """To the end, for the digest's sake."""
        async for chunk in self.stream:
            self.digest.update(chunk)

    async def _lines(self) -> AsyncIterator[bytes]:
        """The lines; one that is too long is cut, which its reader sees by its length."""
        rest = b""
        async for chunk in self.stream:
            self.digest.update(chunk)
            *whole, rest = (rest + chunk).split(b"\n")
            for line in whole:
                yield line[: LONGEST_LINE + 1]
            rest = rest[: LONGEST_LINE + 1]
        if rest:
            yield rest

    async def _json(self) -> AsyncIterator[Row]:
        number = 0
        async for line in self._lines():
            number += 1
            if line.strip():
                yield _json_row(number, line)

    async def _csv(self) -> AsyncIterator[Row]:
        head: list[str] = []
        delimiter = ","
        async for number, record in self._records():
            if not head:
                delimiter = ";" if record.count(";") > record.count(",") else ","
                head = _head(record, delimiter)
            elif record.strip():
                yield _csv_row(number, record, head, delimiter)

    async def _records(self) -> AsyncIterator[tuple[int, str]]:
        """Lines, those inside quotes put together."""
        number, first, held = 0, 0, ""
        async for line in self._lines():
            number += 1
            first = first if held else number
            held += line.decode("utf-8-sig" if number == 1 else "utf-8", "replace") + "\n"
            if held.count('"') % 2 == 0 or len(held) > LONGEST_LINE:
                yield first, held.rstrip("\r\n")
                held = ""
        if held:
            yield first, held.rstrip("\r\n")


def _json_row(number: int, line: bytes) -> Row:
    if len(line) > LONGEST_LINE:
        return Row(number, flaw=TOO_LONG)
    try:
        values = json.loads(line, parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:
        return Row(number, flaw=Flaw("body", "malformed", f"the line is not JSON: {error}"))
    if not isinstance(values, dict):
        return Row(number, flaw=Flaw("body", "malformed", "the line is not a JSON object"))
    return Row(number, values)


def _head(record: str, delimiter: str) -> list[str]:
    names = [name.strip() for name in next(csv.reader([record], delimiter=delimiter))]
    known = _TEXTS | {"attachment", "silent", "buttons"}
    unknown = [n for n in names if n not in known and not (n.startswith(_PARAM) and n != _PARAM)]
    flaws = [
        Flaw(name or "body", "unknown", f"columns are: {', '.join(COLUMNS)}") for name in unknown
    ]
    twice = sorted({name for name in names if names.count(name) > 1})
    flaws += [Flaw(name, "repeated", "the column is there twice") for name in twice]
    if flaws:
        raise BadHead(flaws)
    return names


def _csv_row(number: int, record: str, head: list[str], delimiter: str) -> Row:
    if len(record) > LONGEST_LINE:
        return Row(number, flaw=TOO_LONG)
    if "\N{REPLACEMENT CHARACTER}" in record:
        return Row(number, flaw=Flaw("body", "encoding", "the line is not UTF-8"))
    try:
        cells = next(csv.reader([record], delimiter=delimiter, strict=True))
    except csv.Error as error:
        return Row(number, flaw=Flaw("body", "malformed", f"the line is not CSV: {error}"))
    if len(cells) != len(head):
        detail = f"{len(cells)} cells where the first line has {len(head)}"
        return Row(number, flaw=Flaw("body", "malformed", detail))
    values: dict[str, Any] = {}
    for name, cell in zip(head, cells, strict=True):
        if cell.strip():
            _put(values, name, cell.strip())
    return Row(number, values)


def _put(values: dict[str, Any], name: str, cell: str) -> None:
    """A cell as the JSON value that it means."""
    if name.startswith(_PARAM):
        values.setdefault("params", {})[name.removeprefix(_PARAM)] = cell
    elif name == "buttons":
        parts = cell.translate({ord(mark): " " for mark in _LISTS}).split()
        values[name] = [{"opens": part} for part in parts]
    elif name == "attachment":
        values[name] = int(cell) if cell.isdecimal() and cell.isascii() else cell
    elif name == "silent":
        values[name] = {"true": True, "false": False}.get(cell.lower(), cell)
    else:
        values[name] = cell


def _no_constant(name: str) -> None:
    raise ValueError(f"{name} is not a value")


TOO_LONG = Flaw("body", "too_long", f"a line has at most {LONGEST_LINE} bytes")
