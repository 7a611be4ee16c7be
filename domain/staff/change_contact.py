"""Two people change where a member is reached; the member can stop it."""

from dataclasses import dataclass
from datetime import datetime

from domain.access.journal import Action, Journal, Result
from domain.access.letters import MailKind, MailQueue
from domain.access.seals import Seal
from domain.contact import ContactField, read_contact
from domain.conversation import Visit
from domain.notes import Note, Notes
from domain.staff.changes import (
    A_PAGE,
    CHANGE_NOTE,
    HELD_NOTE,
    HOLD,
    AlreadyAsked,
    Changes,
    ContactChange,
    NewChange,
    NoChange,
    Outcome,
    SamePerson,
    SameValue,
    subject_of,
)
from domain.staff.conduct import LONGEST_REASON, Beaten, Conduct, Deed
from domain.staff.duties import ROLES, Duty, employee_for
from domain.staff.people import Colleagues
from domain.staff.tickets import NewTicket, TicketKind, Tickets


@dataclass(frozen=True, slots=True)
class ChangePage:
    """A page of the changes under way, from 0."""

    changes: tuple[ContactChange, ...]
    page: int
    more: bool


@dataclass(frozen=True, slots=True)
class ReadChanges:
    changes: Changes

    async def page(self, visit: Visit, page: int) -> ChangePage:
        """Those under way, those to be confirmed first; NotAllowed."""
        employee_for(Duty.CHANGES, visit)
        found = await self.changes.under_way(page * A_PAGE, A_PAGE + 1)
        return ChangePage(tuple(found[:A_PAGE]), page, len(found) > A_PAGE)

    async def one(self, visit: Visit, change_id: int) -> ContactChange:
        """The change; NotAllowed, NoChange."""
        employee_for(Duty.CHANGES, visit)
        return await existing(self.changes, change_id)


@dataclass(frozen=True, slots=True)
class AskChange:
    changes: Changes
    conduct: Conduct
    colleagues: Colleagues
    notes: Notes

    async def check(self, visit: Visit, member_id: int, field: ContactField, typed: str) -> str:
        """The new value in its normal form; BadContact, SameValue, NotAllowed, OwnAccount."""
        await self.conduct.permit(visit, Deed(Duty.CHANGES, Action.CHANGE_ASKED, member_id))
        value = read_contact(field, typed)
        if value == await self.changes.current(member_id, field):
            raise SameValue
        return value

    async def ask(
        self, visit: Visit, member_id: int, field: ContactField, typed: str, reason: str
    ) -> int:
        """Ask for it and tell the colleagues; AlreadyAsked, and as `check`."""
        value = await self.check(visit, member_id, field, typed)
        employee = employee_for(Duty.CHANGES, visit)
        said = reason.strip()[:LONGEST_REASON]
        asked = NewChange(member_id, field, value, said, employee.id, visit.telegram_id, visit.now)
        change_id = await self.changes.ask(asked)
        if change_id is None:
            raise AlreadyAsked
        deed = Deed(Duty.CHANGES, Action.CHANGE_ASKED, member_id, subject_of(change_id))
        await self.conduct.record(visit, employee, deed, said)
        note = Note(CHANGE_NOTE, {"change": change_id}, subject_of(change_id))
        for chat in await self.colleagues.chats_of(ROLES[Duty.CHANGES]):
            if chat != visit.chat_id:
                await self.notes.tell(chat, note, visit.now)
        return change_id


@dataclass(frozen=True, slots=True)
class DecideChange:
    changes: Changes
    conduct: Conduct
    mail: MailQueue
    notes: Notes

    async def confirm(self, visit: Visit, change_id: int) -> None:
        """Have it serve after the hold, and warn the member; SamePerson, Beaten, NoChange, …"""
        change = await existing(self.changes, change_id)
        deed = _deed(change, Action.CHANGE_CONFIRMED)
        employee = await self.conduct.permit(visit, deed)
        if change.requested_by == employee.id or change.requested_from == visit.telegram_id:
            raise SamePerson
        account = visit.telegram_id
        if not await self.changes.confirm(change.id, employee.id, account, visit.now):
            raise Beaten
        await self.conduct.record(visit, employee, deed)
        await warn(self.mail, self.notes, change, visit.now)
        await self.notes.refresh(subject_of(change.id), visit.now)

    async def refuse(self, visit: Visit, change_id: int) -> None:
        """End it before it serves: before or after it was confirmed; Beaten, NoChange, …"""
        change = await existing(self.changes, change_id)
        outcome = Outcome.STOPPED if change.is_held else Outcome.REFUSED
        stopped = outcome is Outcome.STOPPED
        deed = _deed(change, Action.CHANGE_STOPPED if stopped else Action.CHANGE_REFUSED)
        employee = await self.conduct.permit(visit, deed)
        closing = self.changes.close(change.id, outcome, employee.id, visit.now, held=stopped)
        if not await closing:
            raise Beaten
        await self.conduct.record(visit, employee, deed)
        await self.notes.refresh(subject_of(change.id), visit.now)


@dataclass(frozen=True, slots=True)
class StopChange:
    """The member says in their own chat that it was not their wish."""

    changes: Changes
    tickets: Tickets
    notes: Notes
    journal: Journal
    seal: Seal

    async def stop(self, visit: Visit, change_id: int) -> bool:
        """Stop it and have an employee look into it; False when there is nothing to stop."""
        change = await self.changes.one(change_id)
        if change is None or change.bound_chat != visit.telegram_id:
            return False
        stopped = (change.id, Outcome.STOPPED, None, visit.now)
        if not await self.changes.close(*stopped, held=True):
            return False
        about = subject_of(change.id)
        await self.journal.write(
            visit, Action.CHANGE_STOPPED, Result.DONE, change.member_id, "member", about
        )
        await self.tickets.file(self._ticket(visit, change))
        await self.notes.refresh(about, visit.now)
        return True

    def _ticket(self, visit: Visit, change: ContactChange) -> NewTicket:
        return NewTicket(
            TicketKind.CHANGE,
            visit.chat_id,
            visit.now,
            change.member_id,
            self.seal.document(change.document),
            f"{change.document.kind.value} {change.document.masked}",
            f"{change.first_names} {change.surnames}".strip(),
        )


async def warn(mail: MailQueue, notes: Notes, change: ContactChange, now: datetime) -> None:
    """Tell the mailbox that was on file until now, and the member's own chat: it is held."""
    params = {"field": change.field.value, "serves_at": (now + HOLD).isoformat()}
    old = change.old_value if change.field is ContactField.EMAIL else None
    await mail.notify(MailKind.CHANGE_HELD, change.member_id, now, params, old or "")
    if change.bound_chat is not None:
        note = Note(HELD_NOTE, {"change": change.id}, subject_of(change.id))
        await notes.tell(change.bound_chat, note, now)


async def existing(changes: Changes, change_id: int) -> ContactChange:
    """The change of that number; NoChange."""
    found = await changes.one(change_id)
    if found is None:
        raise NoChange
    return found


def _deed(change: ContactChange, action: Action) -> Deed:
    return Deed(Duty.CHANGES, action, change.member_id, subject_of(change.id))
