"""Entering, step 3: the one-time code, or the truth, goes to the owner's mailbox.

The same for the code that a forgotten PIN needs.
"""

from dataclasses import dataclass
from typing import Protocol

from domain.access.applicants import Applicant, Applicants
from domain.access.attempts import Attempt, AttemptOver, Attempts, Purpose
from domain.access.journal import Action, Journal, Result
from domain.access.letters import MailKind, MailQueue
from domain.access.limits import HOUR, Allowances
from domain.access.masking import mask_email
from domain.conversation import Visit
from domain.cooperative import Policies
from domain.members import MemberStatus


def member_subject(attempt: Attempt) -> str:
    """Whose codes are counted: the document's, so that an unknown one is counted just the same.

    The member's own account is counted apart: nobody else can use its codes up.
    """
    return f"codes:{'bound' if attempt.bound else 'unbound'}:{attempt.document_key}"


@dataclass(frozen=True, slots=True)
class Destination:
    """Where the code went, for a bound chat; an unbound one hears nothing of the address.

    `app`: no code was sent, the member's authenticator shows one.
    """

    known: bool
    email: str | None = None
    app: bool = False


class Correspondence(Protocol):
    """Which letter is due for an attempt of its `purpose`."""

    @property
    def purpose(self) -> Purpose: ...

    def letter(self, visit: Visit, attempt: Attempt, who: Applicant | None) -> MailKind:
        """The letter with the code, or with the truth; AttemptOver when it is not its turn."""


@dataclass(frozen=True, slots=True)
class RequestCode:
    applicants: Applicants
    attempts: Attempts
    allowances: Allowances
    mail: MailQueue
    journal: Journal
    policies: Policies
    correspondence: Correspondence

    async def request(self, visit: Visit, attempt_id: str) -> bool:
        """Have a new code sent; False beyond the hour's limit. AttemptOver when it is too late."""
        attempt = await self._current(visit, attempt_id)
        who = await self.applicants.by_id(attempt.member_id)
        wanted = self.correspondence.letter(visit, attempt, who)
        for_account = await self._take(visit, f"codes:account:{visit.telegram_id}")
        for_member = for_account and await self._take(visit, member_subject(attempt))
        if not for_account or (attempt.bound and not for_member):
            await self.journal.write(visit, Action.CODE, Result.REFUSED, attempt.member_id, "limit")
            return False
        kind = wanted if for_member else MailKind.NOTHING
        # Mail first, attempt second, as the sender does: neither waits for the other for ever.
        await self.mail.overtake(attempt.id)
        await self.mail.put(kind, attempt, visit.now)
        await self.attempts.expect_code(attempt.id, visit.now + self.policies.code_life)
        return True

    async def destination(self, visit: Visit, attempt_id: str) -> Destination:
        """Where codes of this attempt go, as far as this chat may know; AttemptOver if too late."""
        attempt = await self._current(visit, attempt_id)
        who = await self.applicants.by_id(attempt.member_id)
        if who is None or not attempt.bound:
            return Destination(known=False)
        email = who.member.email
        app = who.authenticator and attempt.purpose is Purpose.ENTRY
        return Destination(known=True, email=mask_email(email) if email else None, app=app)

    async def _current(self, visit: Visit, attempt_id: str) -> Attempt:
        life, purpose = self.policies.attempt_life, self.correspondence.purpose
        return await self.attempts.current(attempt_id, visit, life, purpose)

    async def _take(self, visit: Visit, subject: str) -> bool:
        limit = self.policies.codes_per_hour
        return await self.allowances.take(subject, limit, HOUR, visit.now) is not None


@dataclass(frozen=True, slots=True)
class EntryLetters:
    """Once a PIN was judged: a code for the right one, the truth for a wrong one."""

    policies: Policies
    purpose: Purpose = Purpose.ENTRY

    def letter(self, visit: Visit, attempt: Attempt, who: Applicant | None) -> MailKind:
        """A member with an authenticator needs no letter for the right PIN."""
        if attempt.pin_ok is None:
            raise AttemptOver
        if who is None or who.member.email is None or (attempt.pin_ok and who.authenticator):
            return MailKind.NOTHING
        if attempt.pin_ok:
            return MailKind.CODE
        if who.failures(attempt.bound) >= self.policies.pin_tries:
            return MailKind.NOTHING  # the owner was told when it was locked
        expired = not who.has_first_key(visit.now, self.policies.first_key_life)
        return MailKind.FIRST_KEY_EXPIRED if who.pin is None and expired else MailKind.WRONG_PIN


@dataclass(frozen=True, slots=True)
class ResetLetters:
    """A code for whoever may choose a new PIN by themselves; the others are told why not."""

    policies: Policies
    purpose: Purpose = Purpose.RESET

    def letter(self, visit: Visit, attempt: Attempt, who: Applicant | None) -> MailKind:
        if who is None or who.member.email is None:
            return MailKind.NOTHING
        if who.member.status is MemberStatus.INACTIVE:
            return MailKind.RESET_INACTIVE
        if who.blocked:
            return MailKind.RESET_BLOCKED
        if who.pin is not None or who.reset_required:
            return MailKind.RESET_CODE
        with_key = who.has_first_key(visit.now, self.policies.first_key_life)
        return MailKind.RESET_NO_PIN if with_key else MailKind.FIRST_KEY_EXPIRED
