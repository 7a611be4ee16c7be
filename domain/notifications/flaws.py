"""What is wrong with a request, field by field, for whoever wrote the program that sent it."""

from collections.abc import Iterable
from dataclasses import dataclass

from domain.notifications.markup import cleaned

LONGEST = 300


@dataclass(frozen=True, slots=True)
class Flaw:
    """`field` is a path (`params.amount`), `code` for programs, `detail` for people.

    Names may come from the request: they are cleaned and cut.
    """

    field: str
    code: str
    detail: str

    def __post_init__(self) -> None:
        object.__setattr__(self, "field", cleaned(self.field)[:LONGEST])
        object.__setattr__(self, "detail", cleaned(self.detail)[:LONGEST])


class Flawed(ValueError):
    """The request cannot be accepted as it is; `flaws` names each field."""

    def __init__(self, flaws: Iterable[Flaw]) -> None:
        self.flaws = tuple(flaws)
        super().__init__("; ".join(f"{flaw.field}: {flaw.detail}" for flaw in self.flaws))


def flawed(field: str, code: str, detail: str) -> Flawed:
    """The exception for a single flaw."""
    return Flawed([Flaw(field, code, detail)])
