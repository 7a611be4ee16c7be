"""The buttons of verifiers."""

from dataclasses import dataclass

from handlers.kit.callbacks import Callback


@dataclass(frozen=True, slots=True)
class Open(Callback):
    prefix = "vfo"
    request: int


@dataclass(frozen=True, slots=True)
class Only(Callback):
    """Only requests with that section; `all` for every one."""

    prefix = "vfs"
    section: str


@dataclass(frozen=True, slots=True)
class Approve(Callback):
    prefix = "vfa"


@dataclass(frozen=True, slots=True)
class Reject(Callback):
    prefix = "vfr"


@dataclass(frozen=True, slots=True)
class OpenPart(Callback):
    prefix = "vfp"
    section: str


@dataclass(frozen=True, slots=True)
class Because(Callback):
    prefix = "vfb"
    reason: str


@dataclass(frozen=True, slots=True)
class Ask(Callback):
    prefix = "vfq"


@dataclass(frozen=True, slots=True)
class Release(Callback):
    prefix = "vfl"


@dataclass(frozen=True, slots=True)
class ShowPaper(Callback):
    prefix = "vfd"
    paper: int


@dataclass(frozen=True, slots=True)
class Week(Callback):
    prefix = "vfw"
