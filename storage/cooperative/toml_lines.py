"""On which line of a TOML text each key stands: what `tomllib` reads but does not tell."""

import re
import tomllib
from dataclasses import dataclass, field

Path = tuple[str | int, ...]

_BLANK = re.compile(r"(?:[ \t\r\n]+|#[^\n]*)*")
_SPACES = re.compile(r"[ \t]*")
_BARE = re.compile(r"[A-Za-z0-9_-]+")
_STRING = re.compile(
    r'"""(?:\\.|[^\\])*?"{3,5}|\'\'\'.*?\'{3,5}|"(?:\\.|[^"\\\n])*"|\'[^\'\n]*\'', re.DOTALL
)
_SCALAR = re.compile(r"[^,\]}#\n]+")


def key_lines(text: str) -> dict[Path, int]:
    """The line (from 1) of every key, table and array element of a text that `tomllib` accepts.

    A path is that of the parsed value: `("credit", 0, "rates", 2, "percent")`.
    """
    walk = _Walk(text)
    walk.document()
    return walk.lines


@dataclass
class _Walk:
    text: str
    at: int = 0
    lines: dict[Path, int] = field(default_factory=dict)
    counts: dict[Path, int] = field(default_factory=dict)

    def document(self) -> None:
        table: Path = ()
        self._skip(_BLANK)
        while self.at < len(self.text):
            if self._sign() == "[":
                table = self._header()
            else:
                self._pair(table)
            self._skip(_BLANK)

    def _header(self) -> Path:
        line, brackets = self._line(), 2 if self.text.startswith("[[", self.at) else 1
        self.at += brackets
        path = self._key(())
        self.at += brackets
        if brackets == 2:
            number = self.counts.get(path, 0)
            self.counts[path] = number + 1
            path = (*path, number)
            self.lines.setdefault(path, line)
        return path

    def _pair(self, table: Path) -> None:
        path = self._key(table)
        self.at += 1
        self._skip(_SPACES)
        self._value(path)

    def _key(self, start: Path) -> Path:
        """A dotted key below `start`; the tables on the way are those begun last."""
        path = start
        while True:
            self._skip(_SPACES)
            line = self._line()
            path = (*self._newest(path), self._name())
            self.lines.setdefault(path, line)
            self._skip(_SPACES)
            if self._sign() != ".":
                return path
            self.at += 1

    def _newest(self, path: Path) -> Path:
        return (*path, self.counts[path] - 1) if path in self.counts else path

    def _name(self) -> str:
        if self._sign() in "\"'":
            quoted = self._take(_STRING)
            return str(tomllib.loads(f"name = {quoted}")["name"])
        return self._take(_BARE)

    def _value(self, path: Path) -> None:
        sign = self._sign()
        if sign == "[":
            self._array(path)
        elif sign == "{":
            self._inline_table(path)
        else:
            self._take(_STRING if sign in "\"'" else _SCALAR)

    def _array(self, path: Path) -> None:
        self.at += 1
        number = 0
        self._skip(_BLANK)
        while self._sign() != "]":
            self.lines[(*path, number)] = self._line()
            self._value((*path, number))
            self._after_item()
            number += 1
        self.at += 1

    def _inline_table(self, path: Path) -> None:
        self.at += 1
        self._skip(_BLANK)
        while self._sign() != "}":
            self._pair(path)
            self._after_item()
        self.at += 1

    def _after_item(self) -> None:
        self._skip(_BLANK)
        if self._sign() == ",":
            self.at += 1
        self._skip(_BLANK)

    def _sign(self) -> str:
        return self.text[self.at]

    def _line(self) -> int:
        return self.text.count("\n", 0, self.at) + 1

    def _skip(self, pattern: re.Pattern[str]) -> None:
        found = pattern.match(self.text, self.at)
        self.at = found.end() if found else self.at

    def _take(self, pattern: re.Pattern[str]) -> str:
        found = pattern.match(self.text, self.at)
        if not found:
            raise ValueError(f"line {self._line()}: not TOML")
        self.at = found.end()
        return found.group()
