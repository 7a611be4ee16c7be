"""The buttons under a result."""

from dataclasses import dataclass

from handlers.kit.callbacks import Callback
from handlers.kit.screen import Button


@dataclass(frozen=True, slots=True)
class Do(Callback):
    prefix = "sdo"
    what: str


def do(what: str) -> Button:
    """The button of that name."""
    return Button(f"simulation.do.{what}", Do(what))
