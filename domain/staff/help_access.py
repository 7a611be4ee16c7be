"""Helping a member to enter: unlock, reset, bar, unbar. Nobody sees or chooses a PIN."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from domain.access.blocking import Lock, LockReason, Locks, Resets
from domain.access.help_number import HelpNumbers
from domain.access.journal import Action
from domain.access.letters import MailKind, MailQueue
from domain.access.totp import Authenticators, Holder
from domain.conversation import Sessions, Visit
from domain.cooperative import Policies
from domain.staff.conduct import Conduct, Deed
from domain.staff.duties import Duty, employee_for
from domain.staff.files import MemberFile


class Barred(Exception):
    """The access is barred: it is given back together with a reset."""


class NotBarred(Exception):
    """The access is not barred, or somebody gave it back meanwhile."""


class AlreadyBarred(Exception):
    """The access was barred before."""


class NoAuthenticator(Exception):
    """There is none to be removed."""


class Unlocking(Protocol):
    async def forgive(self, member_id: int, at: datetime) -> bool:
        """Clear the failures and the waits; False when the access is barred.

        A member who never had a PIN may use the first key for its whole life again.
        """

    async def is_barred(self, member_id: int) -> bool:
        """Whether it is barred; nobody can change that before this unit of work ends."""

    async def unbar(self, member_id: int) -> bool:
        """Give the access back; False when it was not barred."""


@dataclass(frozen=True, slots=True)
class HelpAccess:
    """Each act has a reason, a row that stays, and a letter to the member."""

    conduct: Conduct
    unlocking: Unlocking
    locks: Locks
    resets: Resets
    authenticators: Authenticators
    numbers: HelpNumbers
    sessions: Sessions
    mail: MailQueue
    policies: Policies

    async def unlock(self, visit: Visit, member_id: int, reason: str) -> None:
        """Let the member try again; Barred, NotAllowed, OwnAccount."""
        deed = Deed(Duty.ACCESS, Action.UNLOCK, member_id)
        employee = await self.conduct.permit(visit, deed)
        if not await self.unlocking.forgive(member_id, visit.now):
            raise Barred
        await self.conduct.record(visit, employee, deed, reason)
        await self.mail.notify(MailKind.UNLOCKED, member_id, visit.now)

    async def reset(self, visit: Visit, member_id: int, reason: str) -> None:
        """Void the PIN and vouch for the member, who chooses a new one; Barred, NotAllowed, …

        The member needs the code sent to their mailbox and the number that `help_number` gives.
        """
        deed = Deed(Duty.ACCESS, Action.GRANT, member_id)
        employee = await self.conduct.permit(visit, deed)
        if await self.unlocking.is_barred(member_id):
            raise Barred
        await self._grant(visit, member_id)
        await self.conduct.record(visit, employee, deed, reason)

    def help_number(self, visit: Visit, found: MemberFile) -> str | None:
        """What to tell a member whose reset is open; None without one, or barred. NotAllowed."""
        employee_for(Duty.ACCESS, visit)
        since, until = found.access.reset_since, found.access.vouched_until
        barred = found.access.locked_at is not None
        if barred or since is None or until is None or until <= visit.now:
            return None
        return self.numbers.spoken(found.member.id, since)

    async def deactivate(self, visit: Visit, member_id: int, reason: str) -> None:
        """Bar the member at once, whoever is inside; AlreadyBarred, NotAllowed, OwnAccount."""
        deed = Deed(Duty.ACCESS, Action.DEACTIVATE, member_id)
        employee = await self.conduct.permit(visit, deed)
        lock = Lock(visit.now, LockReason.STAFF, f"staff:{employee.id}")
        if not await self.locks.lock(member_id, lock):
            raise AlreadyBarred
        await self.sessions.end_all(member_id, "blocked", visit.now)
        await self.conduct.record(visit, employee, deed, reason)
        await self.mail.notify(MailKind.DEACTIVATED, member_id, visit.now)

    async def activate(self, visit: Visit, member_id: int, reason: str) -> None:
        """Give a barred access back, with a reset; NotBarred, NotAllowed, OwnAccount."""
        deed = Deed(Duty.ACCESS, Action.ACTIVATE, member_id)
        employee = await self.conduct.permit(visit, deed)
        if not await self.unlocking.unbar(member_id):
            raise NotBarred
        await self._grant(visit, member_id)
        await self.conduct.record(visit, employee, deed, reason)

    async def remove_app(self, visit: Visit, member_id: int, reason: str) -> None:
        """Forget a lost authenticator, so that codes come by e-mail; NoAuthenticator, …"""
        deed = Deed(Duty.ACCESS, Action.APP_REMOVED, member_id)
        employee = await self.conduct.permit(visit, deed)
        if not await self.authenticators.remove(Holder(member_id=member_id)):
            raise NoAuthenticator
        await self.conduct.record(visit, employee, deed, reason)
        await self.mail.notify(MailKind.APP_REMOVED, member_id, visit.now)

    async def _grant(self, visit: Visit, member_id: int) -> None:
        until = visit.now + self.policies.reset_grant
        await self.resets.grant(member_id, until, visit.now)
        await self.sessions.end_all(member_id, "blocked", visit.now)
        await self.mail.notify(MailKind.RESET_GRANTED, member_id, visit.now)
