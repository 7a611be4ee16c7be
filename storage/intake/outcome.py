"""How a load went."""

from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

from domain.clock import Clock


@dataclass(frozen=True, slots=True)
class Options:
    """What the operator asked for. Full: who is absent has left."""

    clock: Clock
    full: bool = False
    cut_off: date | None = None


@dataclass(slots=True)
class FileCount:
    """The rows of one file; `absent` are members or products that it no longer brings."""

    file: str
    fields: tuple[str, ...] = ()
    loaded: int = 0
    changed: int = 0
    rejected: int = 0
    absent: int = 0


@dataclass(slots=True)
class Outcome:
    """The files that were read; `errors` counts those that could not be."""

    cut_off: date | None = None
    files: list[FileCount] = field(default_factory=list)
    errors: int = 0

    @property
    def loaded(self) -> int:
        return sum(f.loaded for f in self.files)

    @property
    def rejected(self) -> int:
        return sum(f.rejected for f in self.files)

    def of(self, file: str) -> FileCount | None:
        """The count of that file; None when it was not read."""
        return next((f for f in self.files if f.file == file), None)

    @property
    def exit_code(self) -> int:
        """0: all loaded; 1: something was rejected; 2: nothing was loaded."""
        if not self.loaded:
            return 2
        return 1 if self.rejected or self.errors else 0


class Progress(Protocol):
    """Who shows how far the load is."""

    def reading(self, file: str, size: int) -> None:
        """A file of that many bytes begins."""

    def advance(self, size: int) -> None:
        """That many bytes more were read."""

    def merging(self) -> None:
        """All files were read; the one transaction begins."""
