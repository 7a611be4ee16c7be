"""The invited employee opens the link, enrols an authenticator, and is in."""

import secrets
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Protocol

from domain.access.admission import NewSessions
from domain.access.journal import Action, Journal, Result
from domain.access.seals import Seal
from domain.access.totp import Authenticators, Holder, Seed, new_seed
from domain.conversation import Session, Visit
from domain.staff.invitations import Invitation, Invitations, sealed
from domain.staff.people import Employee


class LinkDead(LookupError):
    """The link was used, voided, opened by another account, or too long ago."""


class Refusal(Enum):
    """ACCOUNT_TAKEN: this Telegram is another employee's. WRONG_CODE: not what the app shows."""

    ACCOUNT_TAKEN = "account_taken"
    WRONG_CODE = "wrong_code"


class Desk(Protocol):
    async def seat(self, invitation: Invitation, telegram_id: int, at: datetime) -> bool:
        """Give the person that account and role, and end their sessions; False: it is another's."""


@dataclass(frozen=True, slots=True)
class Joining:
    invitations: Invitations
    desk: Desk
    authenticators: Authenticators
    sessions: NewSessions
    journal: Journal
    seal: Seal

    async def arrive(self, visit: Visit, token: str) -> Invitation | None:
        """The invitation behind the link; None when the link is dead."""
        key = sealed(self.seal, token)
        return await self.invitations.open(key, visit.telegram_id, visit.now)

    async def invitation(self, visit: Visit, invitation_id: int) -> Invitation:
        """The invitation that this account opened; LinkDead."""
        account = visit.telegram_id
        found = await self.invitations.opened(invitation_id, account, visit.now)
        if found is None:
            raise LinkDead
        return found

    async def accept(self, visit: Visit, invitation_id: int) -> Refusal | None:
        """Make a seed to be shown; what the person had before serves no more. LinkDead."""
        invitation = await self.invitation(visit, invitation_id)
        if not await self.desk.seat(invitation, visit.telegram_id, visit.now):
            return Refusal.ACCOUNT_TAKEN
        await self.authenticators.remove(_holder(invitation))
        await self.authenticators.begin(_holder(invitation), new_seed(), visit.now)
        return None

    async def seed(self, visit: Visit, invitation_id: int) -> Seed:
        """The seed to be shown; LinkDead."""
        return await self._pending(await self.invitation(visit, invitation_id))

    async def confirm(self, visit: Visit, invitation_id: int, code: str) -> Session | Refusal:
        """The app shows the right code: the link is used up and the session begins. LinkDead."""
        invitation = await self.invitation(visit, invitation_id)
        step = (await self._pending(invitation)).step_of(code, visit.now)
        if step is None:
            return Refusal.WRONG_CODE
        if not await self.invitations.use(invitation_id, visit.now):
            raise LinkDead
        await self.authenticators.confirm(_holder(invitation), step, visit.now)
        about = f"staff:{invitation.staff_id}"
        await self.journal.write(visit, Action.STAFF_ENROLLED, Result.DONE, None, about=about)
        return await begin_session(self.sessions, visit, invitation.employee)

    async def _pending(self, invitation: Invitation) -> Seed:
        seed = await self.authenticators.pending(_holder(invitation))
        if seed is None:
            raise LinkDead
        return seed


def _holder(invitation: Invitation) -> Holder:
    return Holder(staff_id=invitation.staff_id)


async def begin_session(sessions: NewSessions, visit: Visit, employee: Employee) -> Session:
    """The employee's session in this chat; any other of theirs or of the chat ends."""
    session = Session(
        secrets.token_hex(16), None, visit.chat_id, visit.telegram_id, visit.now, employee
    )
    await sessions.begin(session)
    return session
