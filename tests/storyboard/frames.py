"""What was seen, and how it is written in the storyboard."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from handlers.kit.texts import catalog

_FACES = {text for key, text in catalog().items() if key.endswith(".face")}
_DIGITS = set("0123456789")
# What is drawn anew each time, written as if it never changed.
_RANDOM = (
    (re.compile(r"(?<=dé este número: )[0-9A-F]{6}"), "A1B2C3"),
    (re.compile(r"(?<=ódigo para entrar es: )\d{6}|(?<=ódigo es: )\d{6}"), "123456"),
    (re.compile(r"(?<=ódigo para seguir es: )\d{6}"), "123456"),
)


@dataclass(frozen=True, slots=True)
class Frame:
    """`step` is `flow.step` of a screen, or what else it is; `rows` are Telegram's buttons."""

    title: str
    step: str
    text: str
    rows: Sequence[Sequence[dict[str, Any]]] = ()
    before: Sequence[str] = field(default=())

    @property
    def is_screen(self) -> bool:
        return not self.step.startswith("(")

    @property
    def labels(self) -> list[str]:
        return [str(button["text"]) for row in self.rows for button in row]

    def written(self) -> str:
        """The frame as it stands in the storyboard."""
        head = f"== {self.step} · {self.title}"
        parts = ["\n".join([head, *self.before]), self.text, "\n".join(_rows(self.rows))]
        return "\n\n".join(_normal(part) for part in parts if part)


def has_pad(rows: Sequence[Sequence[dict[str, Any]]]) -> bool:
    """Whether the buttons are a keypad or a board of pictures, which may be three a row."""
    labels = {str(button["text"]) for row in rows for button in row}
    return labels >= _DIGITS or len(labels & _FACES) > 2


def _rows(rows: Sequence[Sequence[dict[str, Any]]]) -> Iterator[str]:
    """A line for each row; shuffled keys together and in order."""
    labels = [[str(button["text"]) for button in row] for row in rows]
    shuffled = (_DIGITS | _FACES) if has_pad(rows) else set()
    keys = sorted(label for row in labels for label in row if label in shuffled)
    if keys:
        yield f"{_line(keys)}  (barajado)"
    kept = ([label for label in row if label not in shuffled] for row in labels)
    yield from (_line(row) for row in kept if row)


def _line(labels: Sequence[str]) -> str:
    return " ".join(f"[{label}]" for label in labels)


def _normal(text: str) -> str:
    for drawn, always in _RANDOM:
        text = drawn.sub(always, text)
    lines = text.replace("\N{NO-BREAK SPACE}", " ").replace("\N{NARROW NO-BREAK SPACE}", " ")
    return "\n".join(line.rstrip() for line in lines.splitlines())
