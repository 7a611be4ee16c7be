"""Broadcasts beside the conversation: another's word is asked for, and how it goes is shown."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from domain.broadcasts.broadcast import UNDER_WAY, NoBroadcast, Stage
from domain.broadcasts.launching import SteerBroadcast
from domain.broadcasts.reading import ReadBroadcasts, Shown
from domain.conversation import Visit
from domain.staff.conduct import Beaten
from domain.staff.duties import NotAllowed
from handlers.broadcasts.taps import Review, Steer, Try
from handlers.broadcasts.wording import progress_of, state_of
from handlers.kit.callbacks import Standing
from handlers.kit.flow import Leave, SignOut
from handlers.kit.screen import Button, Phrase, Rows, Screen
from handlers.staff.guard import NEEDS_STAFF
from handlers.staff.ticket_notes import ENTER_FIRST, is_employee


@dataclass(frozen=True, slots=True)
class BroadcastNotes:
    """Nothing of any member: a note stays in the chat."""

    reading: ReadBroadcasts
    now: datetime

    async def told(self, params: Mapping[str, Any]) -> Screen | None:
        """It waits for another, or how far it is, or how it ended."""
        shown = await self.reading.told(params["broadcast"], self.now)
        if shown is None:
            return None
        found = shown.broadcast
        about: dict[str, object] = {"title": found.title, "state": state_of(shown)}
        if found.stage is Stage.WAITING:
            about |= {"author": found.author, "count": found.audience}
            text, act = ("waiting_own", "own") if params.get("own") else ("waiting", "decide")
            review = Button(f"broadcasts.act.{act}", Review(found.id))
            return Screen(f"broadcasts.note.{text}", about, ((review,),))
        if shown.progress is None:
            return Screen("broadcasts.note.closed", about)
        about["progress"] = progress_of(found, shown.progress, self.now)
        return Screen("broadcasts.note.under_way", about, _rows(shown))


@dataclass(frozen=True, slots=True)
class BroadcastPress:
    """The buttons of the notes: who may is asked at the press."""

    visit: Visit
    reading: ReadBroadcasts
    steering: SteerBroadcast

    async def review(self, given: Standing) -> Leave | SignOut | Phrase:
        """Open the broadcast."""
        if not isinstance(given, Review):
            return Phrase("staff.gone")
        try:
            await self.reading.one(self.visit, given.broadcast)
        except (NotAllowed, NoBroadcast) as refusal:
            return self._refused(refusal)
        return Leave("staff_broadcast", {"broadcast": given.broadcast})

    async def steer(self, given: Standing) -> Leave | SignOut | Phrase:
        """Pause or resume it at once; cancelling is asked once more."""
        acts = {"pause": self.steering.pause, "resume": self.steering.resume}
        if not isinstance(given, Steer) or given.act not in (*acts, "cancel"):
            return Phrase("staff.gone")
        try:
            if given.act == "cancel":
                await self.reading.one(self.visit, given.broadcast)
                asking = {"broadcast": given.broadcast, "asking": True}
                return Leave("staff_broadcast", asking)
            await acts[given.act](self.visit, given.broadcast)
        except Beaten:
            return Phrase("broadcasts.beaten")
        except (NotAllowed, NoBroadcast) as refusal:
            return self._refused(refusal)
        return Phrase(f"broadcasts.done.{given.act}")

    async def tried(self, given: Standing) -> Phrase:
        """A button of a sample."""
        mute = isinstance(given, Try) and given.act == "mute"
        return Phrase("broadcasts.try_mute" if mute else "broadcasts.try_open")

    def _refused(self, refusal: Exception) -> Leave | Phrase:
        if isinstance(refusal, NoBroadcast):
            return Phrase("staff.gone")
        return NEEDS_STAFF if is_employee(self.visit) else ENTER_FIRST


def _rows(shown: Shown) -> Rows:
    found = shown.broadcast
    if found.stage not in UNDER_WAY:
        return ((Button("broadcasts.act.result", Review(found.id)),),)
    halt = "resume" if found.stage is Stage.PAUSED else "pause"
    both = (halt, "cancel")
    return (tuple(Button(f"broadcasts.act.{act}", Steer(found.id, act)) for act in both),)
