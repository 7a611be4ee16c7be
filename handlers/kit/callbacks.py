"""Typed callback data: a frozen dataclass packs into at most 64 bytes and back.

What comes back is client input: any Telegram client may send any bytes.
"""

from dataclasses import dataclass, fields
from functools import cache
from typing import Any, ClassVar, Self, get_type_hints

MAX_BYTES = 64
STANDING = "-"
_KINDS: dict[str, type["Callback"]] = {}


@dataclass(frozen=True, slots=True)
class Callback:
    """What a button means. Subclasses set `prefix` (2 to 4 letters) and have int or str fields."""

    prefix: ClassVar[str]

    def __init_subclass__(cls, **kwargs: Any) -> None:
        known = _KINDS.get(cls.prefix)
        # slots=True makes the class twice, under one name
        if known is not None and known.__qualname__ != cls.__qualname__:
            raise TypeError(f"prefix {cls.prefix!r} is taken by {known.__qualname__}")
        _KINDS[cls.prefix] = cls

    def pack(self, run: str) -> str:
        """`run:prefix:fields`; ValueError above 64 bytes or with a colon inside a field."""
        values = [str(getattr(self, f.name)) for f in fields(self)]
        raw = ":".join([run, self.prefix, *values])
        if len(raw.encode()) > MAX_BYTES or any(":" in v for v in values):
            raise ValueError(f"callback data does not fit: {raw!r}")
        return raw

    @classmethod
    def parse(cls, parts: list[str]) -> Self:
        """The callback of these packed fields; ValueError or TypeError when they do not fit."""
        given = zip(_types(cls.prefix).items(), parts, strict=True)
        return cls(**{name: _read(kind, part) for (name, kind), part in given})


@cache
def _types(prefix: str) -> dict[str, type[Any]]:
    kind = _KINDS[prefix]
    hints = get_type_hints(kind)
    return {f.name: hints[f.name] for f in fields(kind)}


def _read(kind: type[Any], part: str) -> Any:
    """The field's value; a whole number must fit a database key (63 bits)."""
    value = kind(part)
    if isinstance(value, int) and not 0 <= value < 1 << 63:
        raise ValueError("out of range")
    return value


class Standing(Callback):
    """A button that outlives its screen (a notification's): the domain judges it at the press."""

    __slots__ = ()
    prefix = "std"


def unpack(raw: str, run: str) -> Callback | None:
    """The button's callback; None when unknown, malformed or of another run."""
    given_run, _, rest = raw.partition(":")
    prefix, *parts = rest.split(":")
    kind = _KINDS.get(prefix)
    if kind is None or given_run != (STANDING if issubclass(kind, Standing) else run):
        return None
    try:
        return kind.parse(parts)
    except (TypeError, ValueError):
        return None
