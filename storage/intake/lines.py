"""CSV records with the physical line each begins on; a stray quote costs its own line only."""

import csv
from collections import deque
from collections.abc import Iterator
from typing import TextIO

LONGEST_LINE = 65_536
LONGEST_RECORD = 20


class _Broken(Exception):
    pass


class _Lines:
    """Hands lines to the CSV reader and takes back those a broken record swallowed."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._returned: deque[str] = deque()
        self._record: list[str] = []
        self._number = 1

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        if len(self._record) == LONGEST_RECORD:
            raise _Broken
        line = self._returned.popleft() if self._returned else self._read()
        if not line:
            raise StopIteration
        self._record.append(line)
        if _cut_short(line):
            raise _Broken
        return line

    def next_record(self) -> int:
        """Begin a record; the number of its first line."""
        self._number += len(self._record)
        self._record.clear()
        return self._number

    def take_back(self) -> None:
        """Keep only the first line of the broken record; the others are read again."""
        self._returned.extendleft(reversed(self._record[1:]))
        del self._record[1:]

    def _read(self) -> str:
        line = self._stream.readline(LONGEST_LINE)
        rest = line
        while _cut_short(rest):
            rest = self._stream.readline(LONGEST_LINE)
        return line


def _cut_short(line: str) -> bool:
    return len(line) == LONGEST_LINE and not line.endswith(("\n", "\r"))


def records(stream: TextIO, delimiter: str) -> Iterator[tuple[int, list[str] | None]]:
    """Each record that is not blank with its first line's number; None for a broken one."""
    lines = _Lines(stream)
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    while True:
        number = lines.next_record()
        try:
            cells = next(reader)
        except StopIteration:
            return
        except (csv.Error, _Broken):
            lines.take_back()
            yield number, None
        else:
            if any(cells) and not "".join(cells).isspace():
                yield number, cells
