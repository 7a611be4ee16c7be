"""The buttons of entering that several steps share."""

from dataclasses import dataclass

from handlers.kit.callbacks import Callback
from handlers.kit.screen import Button, Rows


@dataclass(frozen=True, slots=True)
class StartOver(Callback):
    prefix = "eso"


@dataclass(frozen=True, slots=True)
class Forgot(Callback):
    prefix = "efo"


@dataclass(frozen=True, slots=True)
class AskHelp(Callback):
    prefix = "eah"


# The ways out when somebody cannot enter, in the order in which they are best tried.
WAYS_OUT: Rows = (
    (Button("entry.button.forgot", Forgot()),),
    (Button("entry.button.ask_help", AskHelp()),),
)
CANCEL: Rows = ((Button("entry.button.cancel", StartOver()),),)
START_OVER: Rows = ((Button("entry.button.start_over", StartOver()),),)
