"""The buttons of the form."""

from dataclasses import dataclass

from handlers.kit.callbacks import Callback


@dataclass(frozen=True, slots=True)
class OpenSection(Callback):
    prefix = "pfs"
    section: str


@dataclass(frozen=True, slots=True)
class OpenField(Callback):
    """A question; `entry` counts the entries of a section that repeats."""

    prefix = "pff"
    section: str
    entry: int
    field: str


@dataclass(frozen=True, slots=True)
class AllTheSame(Callback):
    prefix = "pfa"


@dataclass(frozen=True, slots=True)
class Walk(Callback):
    """One question after the other, from the first."""

    prefix = "pfw"


@dataclass(frozen=True, slots=True)
class Choose(Callback):
    """An answer by its own name: an option, a municipality, an amount, "keep"."""

    prefix = "pfc"
    value: str


@dataclass(frozen=True, slots=True)
class Keep(Callback):
    """The answer is still right, or there is none."""

    prefix = "pfk"


@dataclass(frozen=True, slots=True)
class Clear(Callback):
    prefix = "pfx"


@dataclass(frozen=True, slots=True)
class OpenEntry(Callback):
    prefix = "pfe"
    entry: int


@dataclass(frozen=True, slots=True)
class AddEntry(Callback):
    prefix = "pfn"


@dataclass(frozen=True, slots=True)
class RemoveEntry(Callback):
    prefix = "pfr"


@dataclass(frozen=True, slots=True)
class Review(Callback):
    prefix = "pfv"


@dataclass(frozen=True, slots=True)
class Onward(Callback):
    prefix = "pfo"


@dataclass(frozen=True, slots=True)
class Declare(Callback):
    prefix = "pfd"
    name: str


@dataclass(frozen=True, slots=True)
class File(Callback):
    prefix = "pfi"


@dataclass(frozen=True, slots=True)
class Discard(Callback):
    prefix = "pfz"


@dataclass(frozen=True, slots=True)
class ShareNumber(Callback):
    prefix = "pfm"


@dataclass(frozen=True, slots=True)
class SendCode(Callback):
    prefix = "pfg"


@dataclass(frozen=True, slots=True)
class DropPaper(Callback):
    prefix = "pfp"
    paper: int


@dataclass(frozen=True, slots=True)
class OwnRequests(Callback):
    prefix = "pfq"
