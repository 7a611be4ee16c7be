"""What the buttons of broadcasts mean."""

from dataclasses import dataclass

from handlers.kit.callbacks import Callback, Standing


@dataclass(frozen=True, slots=True)
class Part(Callback):
    """Opens a part of what is being composed."""

    prefix = "bcp"
    name: str


@dataclass(frozen=True, slots=True)
class Pick(Callback):
    """One of a part's choices, by its name or place; empty for none."""

    prefix = "bck"
    name: str


@dataclass(frozen=True, slots=True)
class Do(Callback):
    """Something that is done at once."""

    prefix = "bcd"
    act: str


@dataclass(frozen=True, slots=True)
class OpenBroadcast(Callback):
    prefix = "bcb"
    broadcast: int


@dataclass(frozen=True, slots=True)
class Again(Callback):
    """Try a notification again; 0 for all."""

    prefix = "bca"
    notification: int


@dataclass(frozen=True, slots=True)
class Review(Standing):
    """Opens a broadcast from its note."""

    prefix = "brv"
    broadcast: int


@dataclass(frozen=True, slots=True)
class Steer(Standing):
    """`act`: pause, resume or cancel, from the note that shows how it goes."""

    prefix = "bst"
    broadcast: int
    act: str


@dataclass(frozen=True, slots=True)
class Try(Standing):
    """A button of a sample: it says what the real one does (`open`, `mute`)."""

    prefix = "bty"
    act: str
