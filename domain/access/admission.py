"""Entering, the end: the session begins."""

import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from domain.access.applicants import Applicant, Credentials
from domain.access.attempts import Attempt, Attempts
from domain.access.bindings import Bindings
from domain.access.consent import Consents
from domain.access.journal import Action, Journal, Result
from domain.access.letters import MailKind
from domain.access.notices import News, Notices
from domain.access.outcomes import Barred, BarredBy, Entered
from domain.conversation import Session, Visit
from domain.cooperative import Policies


class NewSessions(Protocol):
    async def begin(self, session: Session) -> None:
        """Start it; the person's and the chat's other live sessions end."""


@dataclass(frozen=True, slots=True)
class Admission:
    attempts: Attempts
    credentials: Credentials
    sessions: NewSessions
    consents: Consents
    bindings: Bindings
    notices: Notices
    journal: Journal
    policies: Policies

    async def admit(self, visit: Visit, attempt: Attempt, who: Applicant) -> Entered | Barred:
        """Begin the session of a member who has proven who they are."""
        member_id, account, now = who.member.id, visit.telegram_id, visit.now
        await self.attempts.close(attempt.id, now)
        # Also locks the member's row, so that two entries at once take turns.
        if not await self.credentials.entered(member_id, account, now, attempt.created_at):
            return await self.bar(visit, attempt.id, member_id, BarredBy.BLOCKED)
        session = Session(
            secrets.token_hex(16), member_id, visit.chat_id, visit.telegram_id, visit.now
        )
        await self.sessions.begin(session)
        await self.consents.link(visit.telegram_id, member_id)
        await self.journal.write(visit, Action.ENTRY, Result.DONE, member_id)
        await self._bind(visit, member_id)
        if who.was_attacked:
            await self.notices.write(MailKind.AFTER_FAILURES, member_id, now)
        return Entered(session, self._is_old(visit, who))

    async def bar(
        self,
        visit: Visit,
        attempt_id: str,
        member_id: int,
        by: BarredBy,
        until: datetime | None = None,
    ) -> Barred:
        """End the attempt of a member who may not enter."""
        await self.attempts.close(attempt_id, visit.now)
        await self.journal.write(visit, Action.ENTRY, Result.REFUSED, member_id, by)
        return Barred(by, until)

    async def _bind(self, visit: Visit, member_id: int) -> None:
        """The account that entered before hears of another one, and so does the mailbox."""
        new = await self.bindings.bind(member_id, visit.telegram_id, visit.now)
        if new is None:
            return
        await self.journal.write(visit, Action.BINDING, Result.DONE, member_id)
        await self.notices.write(MailKind.NEW_ACCOUNT, member_id, visit.now)
        told = (News.NEW_ACCOUNT, member_id, new.binding_id, new.former, visit.now)
        await self.notices.tell(*told)

    def _is_old(self, visit: Visit, who: Applicant) -> bool:
        return who.pin_set_at is not None and visit.now - who.pin_set_at > self.policies.pin_age
