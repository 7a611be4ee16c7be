"""How a member is greeted."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Greeting:
    """The first name, and when the entry before the present one was (UTC; None: never)."""

    name: str
    previous_entry: datetime | None


class Greetings(Protocol):
    async def greeting(self, member_id: int, session_id: str) -> Greeting:
        """How to greet that member in that session; LookupError without a member."""
