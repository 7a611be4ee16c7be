"""Entering, step 1: the document."""

import secrets
from dataclasses import dataclass

from domain.access.applicants import Applicant, Applicants
from domain.access.attempts import Attempt, Attempts, Purpose
from domain.access.journal import Action, Journal, Result
from domain.access.limits import DAY, Allowances, DocumentsTried
from domain.access.seals import Seal
from domain.clock import local_date
from domain.conversation import Visit
from domain.cooperative import Policies
from domain.members import Document


class TooManyDocuments(Exception):
    """The account tried as many documents today as it may."""


@dataclass(frozen=True, slots=True)
class PresentDocument:
    applicants: Applicants
    attempts: Attempts
    documents_tried: DocumentsTried
    allowances: Allowances
    journal: Journal
    seal: Seal
    policies: Policies

    async def present(
        self, visit: Visit, document: Document, purpose: Purpose = Purpose.ENTRY
    ) -> str:
        """Begin an attempt and return its id; TooManyDocuments beyond the day's limit.

        An unknown document begins one just the same.
        """
        key = self.seal.document(document)
        if not await self._may_try(visit, key):
            await self.journal.write(visit, Action.DOCUMENT, Result.REFUSED, None, "limit")
            raise TooManyDocuments
        who = await self.applicants.by_document(document)
        attempt = _attempt(visit, key, who, purpose)
        await self.attempts.begin(attempt)
        return attempt.id

    async def _may_try(self, visit: Visit, key: str) -> bool:
        account = visit.telegram_id
        if await self.documents_tried.tried(account, key, visit.now):
            return True
        subject = f"documents:{account}:{local_date(visit.now)}"
        limit = self.policies.documents_per_day
        if await self.allowances.take(subject, limit, DAY, visit.now) is None:
            return False
        await self.documents_tried.remember(account, key, visit.now)
        return True


def _attempt(visit: Visit, key: str, who: Applicant | None, purpose: Purpose) -> Attempt:
    return Attempt(
        id=secrets.token_urlsafe(16),
        chat_id=visit.chat_id,
        telegram_id=visit.telegram_id,
        member_id=who.member.id if who else None,
        document_key=key,
        bound=who is not None and who.telegram_id == visit.telegram_id,
        created_at=visit.now,
        purpose=purpose,
    )
