"""Inviting an employee: a link that serves once, for ten minutes, one Telegram account."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from domain.access.seals import Seal
from domain.staff.people import Employee, Role

LINK_LIFE = timedelta(minutes=10)
# 192 random bits; Telegram passes on up to 64 letters.
TOKEN_BYTES = 24


class MemberTaken(Exception):
    """The membership is another employee's."""


@dataclass(frozen=True, slots=True)
class Invitation:
    """Who is invited as what; `member_id`: their own membership."""

    id: int
    staff_id: int
    name: str
    role: Role
    member_id: int | None = None

    @property
    def employee(self) -> Employee:
        """Who the invited person is, once they have joined."""
        return Employee(self.staff_id, self.name, self.role, self.member_id)


class Invitations(Protocol):
    async def add(
        self, name: str, role: Role, member_id: int | None, seal: str, at: datetime
    ) -> int:
        """Invite a person, known by name for good, and void their earlier links; their number.

        MemberTaken when the membership is another's.
        """

    async def open(self, seal: str, telegram_id: int, at: datetime) -> Invitation | None:
        """Let that account, and no other from now on, use the link; None when it is dead."""

    async def opened(self, invitation_id: int, telegram_id: int, at: datetime) -> Invitation | None:
        """The invitation that the account opened not long ago and has not used."""

    async def use(self, invitation_id: int, at: datetime) -> bool:
        """Use it up; False when it was used or voided meanwhile."""


@dataclass(frozen=True, slots=True)
class Invite:
    invitations: Invitations
    seal: Seal

    async def invite(
        self, name: str, role: Role, member_id: int | None, at: datetime
    ) -> tuple[int, str]:
        """The person's number and the link's token, which is kept nowhere; MemberTaken."""
        token = secrets.token_urlsafe(TOKEN_BYTES)
        key = sealed(self.seal, token)
        return await self.invitations.add(name, role, member_id, key, at), token


def sealed(seal: Seal, token: str) -> str:
    """What is kept of a token: its keyed hash."""
    return seal.of("invitation", token)
