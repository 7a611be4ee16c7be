"""Employees and their roles."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol


class Role(StrEnum):
    """What an employee is for; read from the database at every input."""

    VERIFIER = "verifier"
    SUPPORT = "support"
    BROADCASTER = "broadcaster"
    AUDITOR = "auditor"
    ADMIN = "admin"


@dataclass(frozen=True, slots=True)
class Employee:
    """`member_id`: the employee's own membership, on which they may not act."""

    id: int
    name: str
    role: Role
    member_id: int | None = None


class Employees(Protocol):
    async def at_account(self, telegram_id: int) -> Employee | None:
        """The enrolled employee of that Telegram account; None when revoked or nobody's."""

    async def previous_entry(self, staff_id: int, session_id: str) -> datetime | None:
        """When the entry before that session was."""


class Colleagues(Protocol):
    async def chats_of(self, roles: frozenset[Role]) -> list[int]:
        """The chats of all enrolled employees with one of those roles."""
