"""Changes of contact beside the conversation: to the colleagues, and to the member."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from domain.conversation import Visit
from domain.staff.change_contact import ReadChanges, StopChange
from domain.staff.changes import Changes, ContactChange, NoChange
from domain.staff.duties import NotAllowed
from handlers.kit.callbacks import Standing
from handlers.kit.flow import Leave, SignOut
from handlers.kit.screen import Button, Phrase, Screen
from handlers.staff.guard import NEEDS_STAFF
from handlers.staff.ticket_notes import ENTER_FIRST, is_employee


@dataclass(frozen=True, slots=True)
class ReviewChange(Standing):
    prefix = "chr"
    change: int


@dataclass(frozen=True, slots=True)
class NotMyWish(Standing):
    prefix = "chn"
    change: int


@dataclass(frozen=True, slots=True)
class ChangeNotes:
    changes: Changes

    async def told(self, params: Mapping[str, Any]) -> Screen | None:
        """To employees: it waits for another person, or who decided it."""
        change = await self.changes.one(params["change"])
        if change is None:
            return None
        about = {
            "field": Phrase(f"staff_changes.field.{change.field}"),
            "document": f"{change.document.kind.value} {change.document.masked}",
            "requester": change.requester,
            "decision": decision(change),
        }
        if change.confirmed_at or change.closed_at:
            return Screen("staff_changes.note.decided", about)
        review = Button("staff_changes.note.review", ReviewChange(change.id))
        return Screen("staff_changes.note.waiting", about, ((review,),))

    async def held(self, params: Mapping[str, Any]) -> Screen | None:
        """To the member: it serves from then on, unless it was not their wish."""
        change = await self.changes.one(params["change"])
        if change is None:
            return None
        about = {
            "field": Phrase(f"staff_changes.field.{change.field}"),
            "serves_at": change.serves_at,
        }
        if change.outcome is not None:
            return Screen(f"staff_changes.member.{change.outcome}", about)
        stop = Button("staff_changes.member.not_me", NotMyWish(change.id))
        return Screen("staff_changes.member.held", about, ((stop,),))


@dataclass(frozen=True, slots=True)
class ChangePress:
    """The buttons of the notes: who may is asked at the press."""

    visit: Visit
    reading: ReadChanges
    stopping: StopChange

    async def review(self, given: Standing) -> Leave | SignOut | Phrase:
        """Open the change to be decided."""
        if not isinstance(given, ReviewChange):
            return Phrase("staff.gone")
        try:
            await self.reading.one(self.visit, given.change)
        except NotAllowed:
            return NEEDS_STAFF if is_employee(self.visit) else ENTER_FIRST
        except NoChange:
            return Phrase("staff.gone")
        return Leave("staff_decide", {"change": given.change})

    async def disown(self, given: Standing) -> Leave | SignOut | Phrase:
        """The member stops it."""
        if not isinstance(given, NotMyWish):
            return Phrase("staff.gone")
        stopped = await self.stopping.stop(self.visit, given.change)
        return Phrase(f"staff_changes.member.{'stopped_now' if stopped else 'too_late'}")


def decision(change: ContactChange) -> Phrase:
    """What became of a change so far, and by whom."""
    if change.outcome is not None:
        by = change.closer or ""
        told = {"by": by, "at": change.closed_at}
        who = "person" if by else "office"
        return Phrase(f"staff_changes.outcome.{change.outcome}.{who}", told)
    if change.confirmed_at is None:
        return Phrase("staff_changes.outcome.waiting")
    told = {"by": change.confirmer or "", "at": change.confirmed_at, "serves_at": change.serves_at}
    return Phrase("staff_changes.outcome.held", told)
