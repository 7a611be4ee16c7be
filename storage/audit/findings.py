"""What a look through the audit trail can find."""

from dataclasses import dataclass
from enum import StrEnum


class Flaw(StrEnum):
    """What is wrong with the entries of a finding."""

    ALTERED = "altered"
    MOVED = "moved"
    MISSING = "missing"
    CUT_OFF = "cut_off"
    ADDED = "added"
    BEFORE = "before"
    HEAD_MISSING = "head_missing"
    HEAD_ALTERED = "head_altered"
    NOT_BEGUN = "not_begun"
    SHORTER_THAN_NOTED = "shorter_than_noted"
    OTHER_THAN_NOTED = "other_than_noted"


@dataclass(frozen=True, slots=True)
class Finding:
    """`first` and `last` are entry numbers; `place`: where the content of a MOVED one belongs."""

    flaw: Flaw
    first: int = 0
    last: int = 0
    place: int = 0


@dataclass(frozen=True, slots=True)
class Noted:
    """A head written down elsewhere: its entry number and its seal."""

    number: int
    seal: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """`entries` in the chain, and how many before it; `head`: `number:seal` where it is sound."""

    findings: tuple[Finding, ...]
    entries: int = 0
    before: int = 0
    head: str | None = None
