"""What happens in the sandbox, told to whoever listens."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

from bot.sandbox.pulse import Pulse


class Event(NamedTuple):
    """A named change, as the chat page receives it."""

    name: str
    data: Any


class Hub:
    """Passes each event to every listener."""

    def __init__(self) -> None:
        self._listeners: set[asyncio.Queue[Event]] = set()
        self.changed = Pulse()

    def tell(self, name: str, data: Any) -> None:
        """Something happened."""
        for listener in self._listeners:
            listener.put_nowait(Event(name, data))
        self.changed.ring()

    @contextmanager
    def listen(self) -> Iterator[asyncio.Queue[Event]]:
        """A queue of what happens from now on."""
        queue: asyncio.Queue[Event] = asyncio.Queue()
        self._listeners.add(queue)
        try:
            yield queue
        finally:
            self._listeners.discard(queue)
