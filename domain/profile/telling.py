"""Who is told what about a request."""

from datetime import datetime
from typing import Protocol

from domain.profile.requests import Request


class Messenger(Protocol):
    """Everything is sent after this unit of work commits; nothing of it holds a value."""

    async def filed(self, request: Request, at: datetime) -> None:
        """Every verifier but its own member, and the staff group."""

    async def changed(self, request: Request, at: datetime) -> None:
        """Every copy of the request is written anew where it lies."""

    async def decided(self, request: Request, at: datetime) -> None:
        """The member, with the reasons."""

    async def asked(self, request: Request, at: datetime) -> None:
        """The member, that a verifier has a question."""

    async def answered(self, request: Request, at: datetime) -> None:
        """The verifier who asked."""
