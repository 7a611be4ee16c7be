"""The buttons of entering that several steps share."""

from dataclasses import dataclass

from handlers.kit.callbacks import Callback
from handlers.kit.screen import Button, Rows


@dataclass(frozen=True, slots=True)
class StartOver(Callback):
    prefix = "eso"


CANCEL: Rows = ((Button("entry.button.cancel", StartOver()),),)
START_OVER: Rows = ((Button("entry.button.start_over", StartOver()),),)
