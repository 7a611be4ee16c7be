"""Entries of a unit of work, kept with its connection until it commits.

The chain has one head, so writing takes turns: the later the head is locked, the shorter.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncConnection

_KEPT = "coopbot_audit"


@dataclass(frozen=True, slots=True)
class Entry:
    """What happened, to whom, by whom; `details` is a JSON object of words of ours."""

    at: datetime
    action: str
    result: str
    telegram_id: int | None = None
    member_id: int | None = None
    staff_id: int | None = None
    object: str | None = None
    details: str = "{}"


def put(connection: AsyncConnection, entry: Entry) -> None:
    """Have it written with this unit of work; a savepoint rolled back inside takes nothing back."""
    connection.info.setdefault(_KEPT, []).append(entry)


def take(connection: AsyncConnection) -> list[Entry]:
    """What was kept since the last time; a connection outlives its units of work."""
    kept: list[Entry] = connection.info.pop(_KEPT, [])
    return kept
