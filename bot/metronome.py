"""Some answers leave on a beat, so that how long their work took cannot be seen."""

import asyncio
from dataclasses import dataclass
from math import ceil

# The event loop wakes up to a millisecond late, by how much depends on how long it slept.
_COARSE_SECONDS = 0.002


@dataclass(frozen=True, slots=True)
class Metronome:
    """`seconds` between two beats: longer than the work of judging a PIN usually takes."""

    seconds: float = 0.25

    async def wait(self, since: float) -> None:
        """Until a whole number of beats after `since`, an instant of the loop's clock."""
        loop = asyncio.get_running_loop()
        beats = max(1, ceil((loop.time() - since) / self.seconds))
        beat = since + beats * self.seconds
        await asyncio.sleep(beat - loop.time() - _COARSE_SECONDS)
        while loop.time() < beat:  # noqa: ASYNC110 - there is no finer timer to wait for
            await asyncio.sleep(0)
