"""Waiting until the bot is done with an update."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from bot.sandbox.receivers import Receivers
from bot.sandbox.updates import Entry


class NotSettledError(AssertionError):
    """The bot didn't finish an update in time."""


@dataclass(frozen=True)
class Settling:
    """Waits for a later offset, a webhook's 2xx or a sink's return, whichever is in use."""

    receivers: Receivers
    within: float

    async def wait(self, entry: Entry) -> None:
        """Until it is confirmed, or never will be."""
        try:
            await asyncio.wait_for(entry.done.wait(), self.within)
        except TimeoutError:
            error = self.receivers.last_error or "no receiver said anything"
            what = f"update {entry.update_id} wasn't confirmed within {self.within} s"
            raise NotSettledError(f"{what}; last failure: {error}") from None
