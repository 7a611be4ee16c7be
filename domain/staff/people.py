"""Employees and their roles."""

from dataclasses import dataclass
from enum import StrEnum


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
