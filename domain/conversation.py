"""The conversation of one chat, kept as one row."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from domain.staff.people import Employee

# As many as one getUpdates brings: acted on or not, so many may come again after a crash.
REMEMBERED_UPDATES = 100


@dataclass(frozen=True, slots=True)
class Session:
    """Who has entered, in one chat, until it ends or expires: a member or an employee."""

    id: str
    member_id: int | None
    chat_id: int
    telegram_id: int
    started_at: datetime
    employee: Employee | None = None


@dataclass(frozen=True, slots=True)
class Wanted:
    """What was asked for before entering; it opens after entering, until `until`."""

    flow: str
    data: Mapping[str, Any]
    until: datetime


@dataclass(slots=True)
class Conversation:
    """Where a chat stands; `session` is the live session found with the row, if any."""

    chat_id: int
    flow: str | None = None
    version: int = 0
    step: str | None = None
    data: dict[str, Any] = field(default_factory=dict)
    run: str = ""
    session: Session | None = None
    live_message_id: int | None = None
    recent_updates: list[int] = field(default_factory=list)
    expires_at: datetime | None = None
    wanted: Wanted | None = None

    @property
    def state(self) -> tuple[str, int]:
        """Differs as soon as the chat has acted or begun another flow."""
        return self.run, self.recent_updates[-1] if self.recent_updates else 0

    @property
    def owner(self) -> str:
        """Whose the chat's files are: the session's, or without one this run of the flow's."""
        return self.session.id if self.session else self.run

    def first_time(self, update_id: int) -> bool:
        """Remember the update; False when it was already acted on."""
        if update_id in self.recent_updates:
            return False
        self.recent_updates = [*self.recent_updates, update_id][-REMEMBERED_UPDATES:]
        return True


@dataclass(frozen=True, slots=True)
class Visit:
    """Who is speaking, from where and when (`now` in UTC)."""

    chat_id: int
    telegram_id: int
    now: datetime
    session: Session | None = None


class Conversations(Protocol):
    async def hold(self, chat_id: int) -> Conversation:
        """Lock the chat's row until the unit of work ends; a new one when there is none."""

    async def save(self, conversation: Conversation) -> None: ...

    async def forget(self, chat_id: int) -> None:
        """Remove the row and all that the chat left behind."""


class Sessions(Protocol):
    async def end(self, session_id: str, reason: str, at: datetime) -> None:
        """End a live session; one that has ended already stays as it is."""

    async def end_all(self, member_id: int, reason: str, at: datetime) -> None:
        """End the member's live session, in whatever chat it is."""


class Dustbin(Protocol):
    """Messages that must leave a chat."""

    async def keep(self, chat_id: int, message_id: int, session_id: str | None) -> None:
        """Delete the message when the session has ended; without one, know that it is wanted."""

    async def throw(self, chat_id: int, message_id: int, at: datetime) -> None:
        """Delete the message from that instant on."""

    async def throw_session(self, session_id: str, at: datetime) -> None:
        """Delete all that the session left in its chat."""


@dataclass(frozen=True, slots=True)
class Parcel:
    """Something to send to a chat; `session_id`: only while that owner (`owner`) is there, None
    for what is of nobody."""

    chat_id: int
    kind: str
    payload: Mapping[str, Any]
    session_id: str | None = None


class Outbox(Protocol):
    async def put(self, parcel: Parcel, at: datetime) -> None:
        """Have it sent from that instant on, once this unit of work has committed."""
