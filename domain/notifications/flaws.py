"""What is wrong with a request, field by field, for whoever wrote the program that sent it."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Flaw:
    """`field` is a path (`content.params.amount`), `code` for programs, `detail` for people."""

    field: str
    code: str
    detail: str


class Flawed(ValueError):
    """The request cannot be accepted as it is; `flaws` names each field."""

    def __init__(self, flaws: Iterable[Flaw]) -> None:
        self.flaws = tuple(flaws)
        super().__init__("; ".join(f"{flaw.field}: {flaw.detail}" for flaw in self.flaws))


def flawed(field: str, code: str, detail: str) -> Flawed:
    """The exception for a single flaw."""
    return Flawed([Flaw(field, code, detail)])
