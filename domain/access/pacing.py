"""Waiting between tries: each one on a document makes the next wait longer."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import takewhile
from typing import Protocol

GROWTH = 4


@dataclass(frozen=True, slots=True)
class Backoff:
    """`first` after the first try, then four times as long each time, `longest` at most."""

    first: timedelta
    longest: timedelta

    @property
    def pauses(self) -> Sequence[timedelta]:
        """After the first try, the second, …; the last one holds for all that follow."""
        growing = (self.first * GROWTH**n for n in range(64))
        return (*takewhile(lambda pause: pause < self.longest, growing), self.longest)

    def after(self, tries: int) -> timedelta:
        return self.pauses[min(tries, len(self.pauses)) - 1]


class Paces(Protocol):
    async def take(self, subject: str, backoff: Backoff, now: datetime) -> datetime | None:
        """Count a try; None when it may be made, else the instant from which one may.

        A day without tries begins anew. Too early a try is not counted.
        """

    async def clear(self, subject: str) -> None:
        """Begin anew."""
