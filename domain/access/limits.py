"""Counters that are raised and checked in one statement."""

from datetime import datetime, timedelta
from typing import Protocol

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


class Allowances(Protocol):
    async def take(self, subject: str, limit: int, window: timedelta, now: datetime) -> int | None:
        """Use the subject once more: which use it is in this window, None beyond the limit.

        A window starts at its first use.
        """

    async def take_for_good(self, subject: str, limit: int, now: datetime) -> int | None:
        """Use the subject once more, without a window: which use it is, None beyond the limit."""

    async def give_back(self, subject: str, uses: int = 1) -> None:
        """Uncount uses; called with 0 otherwise, so that both take as long."""


class DocumentsTried(Protocol):
    async def tried(self, telegram_id: int, document_key: str, now: datetime) -> bool:
        """Whether the account tried that document today (in Colombia) already."""

    async def remember(self, telegram_id: int, document_key: str, now: datetime) -> None: ...
