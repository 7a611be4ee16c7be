"""Sending what was composed: at once to a few, after another's word to many."""

from dataclasses import dataclass, replace

from domain.access.journal import Action
from domain.broadcasts.audience import Audience
from domain.broadcasts.broadcast import (
    BROADCAST_NOTE,
    LONGEST_TITLE,
    Broadcasts,
    NewBroadcast,
    OwnBroadcast,
    Stage,
    existing,
    subject_of,
)
from domain.broadcasts.composing import Compose
from domain.broadcasts.draft import Lack, Unready
from domain.conversation import Visit
from domain.notes import Note, Notes
from domain.notifications.markup import checked
from domain.notifications.messages import Message
from domain.staff.conduct import Beaten, Conduct, Deed
from domain.staff.duties import ROLES, Duty
from domain.staff.people import Colleagues


@dataclass(frozen=True, slots=True)
class Launch:
    """`alone`: the largest audience that one person may write to."""

    compose: Compose
    audience: Audience
    broadcasts: Broadcasts
    conduct: Conduct
    colleagues: Colleagues
    notes: Notes
    alone: int

    def is_shared(self, audience: int) -> bool:
        """Whether so many members take a second person."""
        return audience > self.alone

    async def launch(self, visit: Visit) -> int:
        """Send the employee's draft, or ask the colleagues to confirm it; its number.

        Unready, NotAllowed.
        """
        draft = await self.compose.draft(visit)
        message = await self.compose.message(visit, draft)
        audience = await self.audience.count(draft.segment, visit.now)
        if not audience:
            raise Unready((Lack.NOBODY,))
        shared = self.is_shared(audience)
        action = Action.BROADCAST_ASKED if shared else Action.BROADCAST_SENT
        employee = await self.conduct.permit(visit, Deed(Duty.BROADCASTS, action, None))
        new = NewBroadcast(
            employee.id,
            visit.telegram_id,
            message,
            draft.segment,
            title_of(message),
            audience,
            self.alone,
            visit.now,
        )
        number = await self.broadcasts.ask(new)
        deed = Deed(Duty.BROADCASTS, action, None, subject_of(number))
        await self.conduct.record(visit, employee, deed)
        await self.compose.drop(visit)
        if not shared:
            await self.broadcasts.start(number, visit.now)
        await self._tell(visit, number, shared)
        return number

    async def _tell(self, visit: Visit, number: int, shared: bool) -> None:
        """The author's own copy shows how it goes; the others' ask for their word."""
        others = await self.colleagues.chats_of(ROLES[Duty.BROADCASTS]) if shared else []
        note = Note(BROADCAST_NOTE, {"broadcast": number}, subject_of(number))
        own = replace(note, params={"broadcast": number, "own": True})
        await self.notes.tell(visit.chat_id, own, visit.now)
        for chat in dict.fromkeys(others):
            if chat != visit.chat_id:
                await self.notes.tell(chat, note, visit.now)


@dataclass(frozen=True, slots=True)
class DecideBroadcast:
    broadcasts: Broadcasts
    conduct: Conduct
    notes: Notes

    async def confirm(self, visit: Visit, broadcast_id: int) -> None:
        """Another person's yes: it is sent; OwnBroadcast, Beaten, NoBroadcast, NotAllowed."""
        found = await existing(self.broadcasts, broadcast_id)
        deed = _deed(broadcast_id, Action.BROADCAST_CONFIRMED)
        employee = await self.conduct.permit(visit, deed)
        if found.author_id == employee.id or found.account == visit.telegram_id:
            raise OwnBroadcast
        account = visit.telegram_id
        if not await self.broadcasts.confirm(broadcast_id, employee.id, account, visit.now):
            raise Beaten
        await self.broadcasts.start(broadcast_id, visit.now)
        await self.conduct.record(visit, employee, deed)
        await self.notes.refresh(subject_of(broadcast_id), visit.now)

    async def refuse(self, visit: Visit, broadcast_id: int) -> None:
        """Another's no, or the author's second thought; Beaten, NoBroadcast, NotAllowed."""
        found = await existing(self.broadcasts, broadcast_id)
        deed = _deed(broadcast_id, Action.BROADCAST_REFUSED)
        employee = await self.conduct.permit(visit, deed)
        own = found.author_id == employee.id
        stage = Stage.WITHDRAWN if own else Stage.REFUSED
        if not await self.broadcasts.close(broadcast_id, stage, employee.id, visit.now):
            raise Beaten
        await self.conduct.record(visit, employee, deed, stage.value)
        await self.notes.refresh(subject_of(broadcast_id), visit.now)


@dataclass(frozen=True, slots=True)
class SteerBroadcast:
    """Whoever has the duty may halt what is being sent, whoever composed it."""

    broadcasts: Broadcasts
    conduct: Conduct
    notes: Notes

    async def pause(self, visit: Visit, broadcast_id: int) -> None:
        """Nothing more of it is begun; Beaten when it is not running, NoBroadcast, NotAllowed."""
        await self._steer(visit, broadcast_id, Action.BROADCAST_PAUSED)

    async def resume(self, visit: Visit, broadcast_id: int) -> None:
        """Go on; Beaten when it is not paused, NoBroadcast, NotAllowed."""
        await self._steer(visit, broadcast_id, Action.BROADCAST_RESUMED)

    async def cancel(self, visit: Visit, broadcast_id: int) -> None:
        """What was not begun is not sent; Beaten when it is over, NoBroadcast, NotAllowed."""
        await self._steer(visit, broadcast_id, Action.BROADCAST_CANCELLED)

    async def _steer(self, visit: Visit, broadcast_id: int, action: Action) -> None:
        await existing(self.broadcasts, broadcast_id)
        deed = _deed(broadcast_id, action)
        employee = await self.conduct.permit(visit, deed)
        if not await self._done(broadcast_id, action, visit):
            raise Beaten
        await self.conduct.record(visit, employee, deed)
        await self.notes.refresh(subject_of(broadcast_id), visit.now)

    async def _done(self, broadcast_id: int, action: Action, visit: Visit) -> bool:
        match action:
            case Action.BROADCAST_PAUSED:
                return await self.broadcasts.pause(broadcast_id)
            case Action.BROADCAST_RESUMED:
                return await self.broadcasts.resume(broadcast_id)
        return await self.broadcasts.cancel(broadcast_id, visit.now)


def title_of(message: Message) -> str:
    """Its first words, whole where they fit, to know it by."""
    words = " ".join(checked(message.html).plain.split())
    if len(words) <= LONGEST_TITLE:
        return words
    cut = words[: LONGEST_TITLE - 1]
    return f"{cut.rpartition(' ')[0] or cut}…"


def _deed(broadcast_id: int, action: Action) -> Deed:
    return Deed(Duty.BROADCASTS, action, None, subject_of(broadcast_id))
