""" "I was robbed" and "it was not me": the access is barred at once, whoever is inside."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from domain.access.applicants import Applicant, Applicants
from domain.access.attempts import Attempt, Attempts, Purpose
from domain.access.bindings import Bindings
from domain.access.blocking import Lock, LockedBy, LockReason, Locks
from domain.access.journal import Action, Journal, Result
from domain.access.letters import MailKind
from domain.access.limits import DAY, Allowances
from domain.access.notices import News, Notices
from domain.access.seals import Seal
from domain.conversation import Sessions, Visit
from domain.cooperative import Policies
from domain.members import Document
from domain.staff.tickets import NewTicket, TicketKind, Tickets

NOBODY = 0


class TooManyReports(Exception):
    """The account, or the document, was reported as often today as it may be."""


class NotTheirs(PermissionError):
    """The account is nobody's own, or has no say in this."""


@dataclass(frozen=True, slots=True)
class Barring:
    """Bars one member, ends what goes on in their name, tells them and files a ticket."""

    locks: Locks
    sessions: Sessions
    tickets: Tickets
    notices: Notices
    journal: Journal
    seal: Seal

    async def bar(
        self, visit: Visit, who: Applicant, reason: LockReason, by: LockedBy
    ) -> str | None:
        """The number of the ticket; for a member who was barred before, of the one still open."""
        member_id = who.member.id
        if not await self.stop(visit, member_id, reason, by):
            return await self.tickets.open_robbery(member_id)
        await self.notices.write(MailKind.BLOCKED, member_id, visit.now)
        await self.notices.refresh(member_id, visit.now)
        ticket = self._ticket(visit, who.member.document, who)
        return await self.tickets.file(ticket)

    async def stop(self, visit: Visit, member_id: int, reason: LockReason, by: LockedBy) -> bool:
        """Bar and end everything; False when barred before. For nobody the same is done."""
        barred = await self.locks.lock(member_id, Lock(visit.now, reason, by))
        await self.sessions.end_all(member_id, "blocked", visit.now)
        if barred or not member_id:
            why = (Action.BLOCK, Result.DONE if barred else Result.REFUSED, member_id or None)
            await self.journal.write(visit, *why, f"{reason} {by}")
        return barred

    def _ticket(self, visit: Visit, document: Document, who: Applicant) -> NewTicket:
        return NewTicket(
            TicketKind.ROBBERY,
            visit.chat_id,
            visit.now,
            who.member.id,
            self.seal.document(document),
            described(document),
        )


@dataclass(frozen=True, slots=True)
class ReportRobbery:
    applicants: Applicants
    attempts: Attempts
    bindings: Bindings
    allowances: Allowances
    barring: Barring
    policies: Policies

    async def is_own(self, visit: Visit) -> bool:
        """Whether one tap in this chat is enough."""
        return bool(await self.applicants.by_account(visit.telegram_id))

    async def from_own_chat(self, visit: Visit) -> list[str]:
        """Bar whoever this account is bound to; the tickets' numbers. NotTheirs for nobody's."""
        bound = await self.applicants.by_account(visit.telegram_id)
        return await self._bar(visit, bound, LockReason.ROBBERY)

    async def disown(self, visit: Visit, binding_id: int) -> list[str]:
        """Bar the member who was told of that binding; NotTheirs when the account has no say."""
        if not await self.bindings.may_disown(visit.telegram_id, binding_id):
            raise NotTheirs
        binding = await self.bindings.by_id(binding_id)
        who = await self.applicants.by_id(binding.member_id if binding else None)
        return await self._bar(visit, [who] if who else [], LockReason.STRANGER)

    async def by_birth_date(
        self, visit: Visit, attempt_id: str, document: str, born: date
    ) -> list[str]:
        """Bar the member of the attempt's document if that is their birth date; a ticket's number.

        What is done and answered is the same for anybody's document. `document`: described.
        TooManyReports beyond the day's limits; AttemptOver when it is too late.
        """
        life, purpose = self.policies.attempt_life, Purpose.ROBBERY
        attempt = await self.attempts.current(attempt_id, visit, life, purpose)
        await self._count(visit, attempt)
        who = await self.applicants.by_id(attempt.member_id)
        right = who is not None and who.member.birth_date == born
        member_id = attempt.member_id or NOBODY
        barred = member_id if right else NOBODY
        await self.barring.stop(visit, barred, LockReason.ROBBERY, LockedBy.BIRTH_DATE)
        await self._tell(visit, who, right)
        await self.attempts.close(attempt.id, visit.now)
        kind = TicketKind.ROBBERY if right else TicketKind.ROBBERY_UNPROVEN
        ticket = NewTicket(
            kind, visit.chat_id, visit.now, attempt.member_id, attempt.document_key, document
        )
        return [await self.barring.tickets.file(ticket)]

    async def _bar(
        self, visit: Visit, members: Iterable[Applicant], reason: LockReason
    ) -> list[str]:
        bar, by = self.barring.bar, LockedBy.OWN_CHAT
        numbers = [await bar(visit, who, reason, by) for who in members]
        if not numbers:
            raise NotTheirs
        return [number for number in numbers if number is not None]

    async def _count(self, visit: Visit, attempt: Attempt) -> None:
        limit = self.policies.robbery_reports_per_day
        for subject in (f"robbery:account:{visit.telegram_id}", _subject(attempt)):
            if await self.allowances.take(subject, limit, DAY, visit.now) is None:
                raise TooManyReports

    async def _tell(self, visit: Visit, who: Applicant | None, right: bool) -> None:
        """The mailbox is told in any case, the member's own chat when it was barred."""
        kind = MailKind.BLOCKED if right else MailKind.ROBBERY_UNPROVEN
        member_id = who.member.id if who else None
        notices = self.barring.notices
        await notices.mail.notify(kind if who else MailKind.NOTHING, member_id, visit.now)
        if who is None or not right:
            return
        await notices.refresh(who.member.id, visit.now)
        bound = await self.bindings.of_member(who.member.id, 1)
        if bound and who.telegram_id is not None:
            here, at = who.telegram_id, visit.now
            await notices.tell(News.BLOCKED, who.member.id, bound[0].id, here, at)


def _subject(attempt: Attempt) -> str:
    return f"robbery:document:{attempt.document_key}"


def described(document: Document) -> str:
    """The document as a ticket shows it: `CC •••••123`."""
    return f"{document.kind.value} {document.masked}"
