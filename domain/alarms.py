"""What employees must hear of at once."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol

WINDOW = timedelta(minutes=10)
ALARM_NOTE = "alarm"


class AlarmKind(StrEnum):
    """SPRAYING: PINs are tried on many documents. LOCKED: strangers used up a document's tries."""

    SPRAYING = "spraying"
    LOCKED = "locked"


class Alarms(Protocol):
    async def raise_alarm(
        self, kind: AlarmKind, params: Mapping[str, int | None], at: datetime
    ) -> None:
        """Have employees told once this unit of work has committed; one of a kind per window.

        `params` are counts and our own numbers of members, never documents.
        """
