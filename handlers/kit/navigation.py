"""The two buttons of every screen: one step back, and the menu."""

from dataclasses import dataclass

from handlers.kit.callbacks import Callback
from handlers.kit.flow import Input, Leave, Outcome
from handlers.kit.screen import Button, Rows

MENU = Leave("menu")


@dataclass(frozen=True, slots=True)
class Back(Callback):
    prefix = "bk"


@dataclass(frozen=True, slots=True)
class Home(Callback):
    prefix = "hm"


def footer() -> Rows:
    """The last row of a screen: "Volver" and "Menú"."""
    return ((Button("navigation.back", Back()), Button("navigation.home", Home())),)


def navigate(given: Input, back: Outcome = MENU) -> Outcome | None:
    """Where one of the two buttons leads; None when the input is something else."""
    match given:
        case Back():
            return back
        case Home():
            return MENU
    return None
