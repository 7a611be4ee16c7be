"""Nothing waits unseen: new tickets are announced, abandoned ones given back, old ones recalled."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from domain.access.letters import MailKind, MailQueue
from domain.cooperative import Policies
from domain.notes import Note, Notes
from domain.staff.attend import TICKET_NOTE, subject_of
from domain.staff.change_contact import existing
from domain.staff.changes import REQUEST_LIFE, Changes, Outcome
from domain.staff.changes import subject_of as change_subject
from domain.staff.duties import ROLES, Duty
from domain.staff.people import Colleagues


class Waiting(Protocol):
    async def unannounced(self, at: datetime) -> Sequence[int]:
        """Tickets that nobody was told of yet; they count as announced from now on."""

    async def abandoned(self, stale: datetime, at: datetime) -> Sequence[int]:
        """Tickets claimed before `stale`, or by who may attend no more, put back."""

    async def overdue(self, since: datetime, at: datetime) -> Sequence[int]:
        """Tickets that wait, and were filed and recalled before `since`; recalled from now on."""


@dataclass(frozen=True, slots=True)
class TicketRounds:
    """Each statement takes its tickets, so that of several replicas one tells."""

    waiting: Waiting
    colleagues: Colleagues
    notes: Notes
    policies: Policies

    async def look(self, now: datetime) -> int:
        """One round; how many tickets were told of."""
        new = await self.waiting.unannounced(now)
        back = await self.waiting.abandoned(now - self.policies.ticket_claim, now)
        for ticket_id in back:
            await self.notes.refresh(subject_of(ticket_id), now)
        old = await self.waiting.overdue(now - self.policies.ticket_reminder, now)
        told = {
            **dict.fromkeys(old, True),
            **dict.fromkeys(back, True),
            **dict.fromkeys(new, False),
        }
        await self._tell(told, now)
        return len(told)

    async def _tell(self, told: dict[int, bool], now: datetime) -> None:
        chats = await self.colleagues.chats_of(ROLES[Duty.TICKETS]) if told else []
        for ticket_id, again in sorted(told.items()):
            note = Note(TICKET_NOTE, {"ticket": ticket_id, "again": again}, subject_of(ticket_id))
            for chat in chats:
                await self.notes.tell(chat, note, now)


@dataclass(frozen=True, slots=True)
class ChangeRounds:
    """Changes that were confirmed begin to serve; those that nobody confirmed end."""

    changes: Changes
    mail: MailQueue
    notes: Notes

    async def look(self, now: datetime) -> int:
        """One round; how many changes it closed."""
        due = await self.changes.due(now)
        for change_id in due:
            await self._announce(change_id, now)
        lapsed = await self.changes.lapse(now - REQUEST_LIFE, now)
        for change_id in (*due, *lapsed):
            await self.notes.refresh(change_subject(change_id), now)
        return len(due) + len(lapsed)

    async def _announce(self, change_id: int, now: datetime) -> None:
        change = await existing(self.changes, change_id)
        if change.outcome is Outcome.APPLIED:
            params = {"field": change.field.value}
            await self.mail.notify(MailKind.CHANGE_SERVES, change.member_id, now, params)
