"""The broadcast as members will see it, a sample of it, and the word that sends it."""

from dataclasses import dataclass

from domain.broadcasts.composing import Compose
from domain.broadcasts.draft import Unready
from domain.broadcasts.launching import Launch
from domain.broadcasts.reading import ReadBroadcasts
from domain.conversation import Visit
from handlers.broadcasts.parts import DRAFT
from handlers.broadcasts.taps import Do
from handlers.broadcasts.wording import as_members_see
from handlers.kit.flow import Data, Delivery, Go, Input, Leave, Outcome
from handlers.kit.navigation import footer
from handlers.kit.screen import Button, Phrase, Rehearsal, Rows, Screen
from handlers.staff.guard import steer
from handlers.statement.wording import brief

SAMPLE = Delivery("sample")
_ON_BUTTON = 34


@dataclass(frozen=True, slots=True)
class PreviewStep:
    visit: Visit
    composing: Compose
    launching: Launch
    reading: ReadBroadcasts

    async def show(self, data: Data) -> Screen:
        """Nothing but the message itself, with its own buttons above ours."""
        draft = await self.composing.draft(self.visit)
        try:
            shown = as_members_see(await self.composing.message(self.visit, draft))
        except Unready as error:
            change = (Button("broadcasts.preview.change", Do("change")),)
            return Screen(f"broadcasts.lacks.{error.lacks[0]}", {}, (change, *footer()))
        name = draft.attached.name if draft.attached else None
        audience = await self.composing.audience.count(draft.segment, self.visit.now)
        label = "ask" if self.launching.is_shared(audience) else "send"
        rows: Rows = (
            *shown.rows,
            *file_row(name),
            (Button("broadcasts.act.test", Do("test")),),
            (Button(f"broadcasts.preview.{label}", Do("send"), {"count": audience}),),
            (Button("broadcasts.preview.change", Do("change")),),
            *footer(),
        )
        return Screen(shown.text, shown.params, rows)

    async def answer(self, data: Data, given: Input) -> Outcome:
        """A sample, sending it, or back to its parts."""
        match given:
            case Do("test"):
                return Go("preview", data, deliver=SAMPLE)
            case Do("change"):
                return DRAFT
            case Do("send"):
                return await self._launch()
        return steer(given, "preview", data, DRAFT)

    async def sample(self, params: Data) -> Rehearsal | None:
        """The message to the employee's own chat, as members get it; None once it was sent."""
        draft = await self.composing.draft(self.visit)
        try:
            message = await self.composing.message(self.visit, draft)
        except Unready:
            return None
        file = await self.reading.sample(self.visit, message.attachment)
        return Rehearsal(as_members_see(message), file)

    async def _launch(self) -> Outcome:
        try:
            number = await self.launching.launch(self.visit)
        except Unready as error:
            return Go("draft", {}, Phrase(f"broadcasts.lacks.{error.lacks[0]}"))
        shown = await self.reading.one(self.visit, number)
        done = "asked" if shown.progress is None else "sent"
        return Leave("staff_broadcast", {"broadcast": number}, Phrase(f"broadcasts.done.{done}"))


def file_row(name: str | None) -> Rows:
    """What goes with it: a text on a screen cannot hold a file, the sample brings it."""
    if name is None:
        return ()
    shown = {"name": brief(name, _ON_BUTTON)}
    return ((Button("broadcasts.preview.file", Do("test"), shown),),)
