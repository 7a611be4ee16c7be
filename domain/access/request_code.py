"""Entering, step 3: the one-time code, or the truth, goes to the owner's mailbox."""

from dataclasses import dataclass

from domain.access.applicants import Applicant, Applicants
from domain.access.attempts import Attempt, AttemptOver, Attempts
from domain.access.journal import Action, Journal, Result
from domain.access.letters import MailKind, MailQueue
from domain.access.limits import HOUR, Allowances
from domain.access.masking import mask_email
from domain.conversation import Visit
from domain.cooperative import Policies


def member_subject(attempt: Attempt) -> str:
    """Whose codes are counted: the document's, so that an unknown one is counted just the same.

    The member's own account is counted apart: nobody else can use its codes up.
    """
    return f"codes:{'bound' if attempt.bound else 'unbound'}:{attempt.document_key}"


@dataclass(frozen=True, slots=True)
class Destination:
    """Where the code went, for a bound chat; an unbound one hears nothing of the address."""

    known: bool
    email: str | None = None


@dataclass(frozen=True, slots=True)
class RequestCode:
    applicants: Applicants
    attempts: Attempts
    allowances: Allowances
    mail: MailQueue
    journal: Journal
    policies: Policies

    async def request(self, visit: Visit, attempt_id: str) -> bool:
        """Have a new code sent; False beyond the hour's limit. AttemptOver when it is too late."""
        attempt = await self.attempts.current(attempt_id, visit, self.policies.attempt_life)
        if attempt.pin_ok is None:
            raise AttemptOver
        who = await self.applicants.by_id(attempt.member_id)
        for_account = await self._take(visit, f"codes:account:{visit.telegram_id}")
        for_member = for_account and await self._take(visit, member_subject(attempt))
        if not for_account or (attempt.bound and not for_member):
            await self.journal.write(visit, Action.CODE, Result.REFUSED, attempt.member_id, "limit")
            return False
        kind = self._kind(visit, attempt, who) if for_member else MailKind.NOTHING
        # Mail first, attempt second, as the sender does: neither waits for the other for ever.
        await self.mail.overtake(attempt.id)
        await self.mail.put(kind, attempt, visit.now)
        await self.attempts.expect_code(attempt.id, visit.now + self.policies.code_life)
        return True

    async def destination(self, visit: Visit, attempt_id: str) -> Destination:
        """Where codes of this attempt go, as far as this chat may know; AttemptOver if too late."""
        attempt = await self.attempts.current(attempt_id, visit, self.policies.attempt_life)
        who = await self.applicants.by_id(attempt.member_id)
        if who is None or not attempt.bound:
            return Destination(known=False)
        email = who.member.email
        return Destination(known=True, email=mask_email(email) if email else None)

    async def _take(self, visit: Visit, subject: str) -> bool:
        limit = self.policies.codes_per_hour
        return await self.allowances.take(subject, limit, HOUR, visit.now) is not None

    def _kind(self, visit: Visit, attempt: Attempt, who: Applicant | None) -> MailKind:
        if who is None or who.member.email is None:
            return MailKind.NOTHING
        if attempt.pin_ok:
            return MailKind.CODE
        if who.failures(attempt.bound) >= self.policies.pin_tries:
            return MailKind.NOTHING  # the owner was told when it was locked
        expired = not who.has_first_key(visit.now, self.policies.first_key_life)
        return MailKind.FIRST_KEY_EXPIRED if who.pin is None and expired else MailKind.WRONG_PIN
