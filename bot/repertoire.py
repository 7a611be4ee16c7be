"""All that the office can say and be told, by name."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from domain.conversation import Visit
from handlers.kit.callbacks import Standing
from handlers.kit.flow import Flow, Leave, SignOut
from handlers.kit.screen import Phrase, Screen
from storage.unit import Unit

FlowBuilder = Callable[[Unit, Visit], Flow]

# What a note says now; None when there is nothing left to say.
NoteWriter = Callable[[Unit, Visit, Mapping[str, Any]], Awaitable[Screen | None]]

# A standing button's answer: another flow, the end of the session, or a word over the button.
Press = Callable[[Standing], Awaitable[Leave | SignOut | Phrase]]
PressBuilder = Callable[[Unit, Visit], Press]

# What a link into the chat opens (`/start` with an argument); None when it opens nothing.
Arrival = Callable[[Unit, Visit, str], Awaitable[Leave | None]]


async def nowhere(_unit: Unit, _visit: Visit, _argument: str) -> None:
    """The arrival of an office without links."""


@dataclass(frozen=True, slots=True)
class Repertoire:
    """`commands`: the flow that each word after a slash opens, with what was typed behind it.

    `presses`: who answers a standing button, by its prefix.
    """

    flows: Mapping[str, FlowBuilder]
    notes: Mapping[str, NoteWriter] = field(default_factory=dict)
    presses: Mapping[str, PressBuilder] = field(default_factory=dict)
    commands: Mapping[str, str] = field(default_factory=dict)
    arrive: Arrival = nowhere
