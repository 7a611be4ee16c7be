"""Notes: what is told to a chat beside its conversation, with buttons that stay."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol


@dataclass(frozen=True, slots=True)
class Note:
    """Written when it is sent, by `name`; `params` are JSON values, never words or secrets.

    Notes of one `subject` are refreshed together, in whatever chats they lie.
    """

    name: str
    params: Mapping[str, Any] = field(default_factory=dict)
    subject: str = ""


class Notes(Protocol):
    async def tell(self, chat_id: int, note: Note, at: datetime) -> None:
        """Have it sent from that instant on, once this unit of work has committed."""

    async def refresh(self, subject: str, at: datetime) -> None:
        """Have every note of that subject written anew where it lies."""
