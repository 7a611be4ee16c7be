"""Entering, the end: the session begins."""

import secrets
from dataclasses import dataclass
from typing import Protocol

from domain.access.applicants import Credentials
from domain.access.attempts import Attempts
from domain.access.consent import Consents
from domain.access.journal import Action, Journal, Result
from domain.access.outcomes import Barred, BarredBy, Entered
from domain.conversation import Session, Visit


class NewSessions(Protocol):
    async def begin(self, session: Session) -> None:
        """Start it; the person's and the chat's other live sessions end."""


@dataclass(frozen=True, slots=True)
class Admission:
    attempts: Attempts
    credentials: Credentials
    sessions: NewSessions
    consents: Consents
    journal: Journal

    async def admit(self, visit: Visit, attempt_id: str, member_id: int) -> Entered | Barred:
        """Begin the session of a member who has proven who they are."""
        await self.attempts.close(attempt_id, visit.now)
        # Also locks the member's row, so that two entries at once take turns.
        if not await self.credentials.entered(member_id, visit.telegram_id, visit.now):
            return await self.bar(visit, attempt_id, member_id, BarredBy.BLOCKED)
        session = Session(
            secrets.token_hex(16), member_id, visit.chat_id, visit.telegram_id, visit.now
        )
        await self.sessions.begin(session)
        await self.consents.link(visit.telegram_id, member_id)
        await self.journal.write(visit, Action.ENTRY, Result.DONE, member_id)
        return Entered(session)

    async def bar(self, visit: Visit, attempt_id: str, member_id: int, by: BarredBy) -> Barred:
        """End the attempt of a member who may not enter."""
        await self.attempts.close(attempt_id, visit.now)
        await self.journal.write(visit, Action.ENTRY, Result.REFUSED, member_id, by)
        return Barred(by)
