"""Composing: the draft at a glance, and the ways to each of its parts."""

from dataclasses import dataclass, replace
from html import unescape

from domain.broadcasts.audience import Reach
from domain.broadcasts.composing import Compose
from domain.broadcasts.draft import Draft, Lack, Unready
from domain.broadcasts.launching import Launch
from domain.broadcasts.reading import ReadBroadcasts
from domain.conversation import Visit
from domain.notifications.files import MOST_BYTES
from domain.notifications.markup import checked
from domain.staff.duties import Duty
from handlers.broadcasts.home import HOME
from handlers.broadcasts.parts import ButtonStep, CategoryStep, FileStep, TextStep
from handlers.broadcasts.preview import PreviewStep
from handlers.broadcasts.segment import SegmentSteps
from handlers.broadcasts.taps import Do, Part
from handlers.broadcasts.wording import audience_of, reach_of, when
from handlers.kit.flow import Data, Flow, Go, Input, Outcome, Step
from handlers.kit.navigation import footer
from handlers.kit.screen import Button, Phrase, Rows, Screen
from handlers.staff.guard import staff_flow, steer
from handlers.statement.wording import brief

PARTS = ("write", "file", "category", "button", "audience")
_EXCERPT = 120


@dataclass(frozen=True, slots=True)
class ComposeFlow:
    visit: Visit
    composing: Compose
    launching: Launch
    reading: ReadBroadcasts

    def flow(self) -> Flow:
        visit, composing = self.visit, self.composing
        text, file = TextStep(visit, composing), FileStep(visit, composing)
        category, button = CategoryStep(visit, composing), ButtonStep(visit, composing)
        preview = PreviewStep(visit, composing, self.launching, self.reading)
        steps = {
            "draft": Step(self.show, self.answer),
            "write": Step(text.show, text.answer, formatted=True),
            "file": Step(file.show, file.answer, upload=MOST_BYTES),
            "category": Step(category.show, category.answer),
            "button": Step(button.show, button.answer),
            "preview": Step(preview.show, preview.answer),
            **SegmentSteps(visit, composing).steps(),
        }
        flow = staff_flow("staff_compose", Duty.BROADCASTS, "draft", steps)
        return replace(flow, deliveries={"sample": preview.sample})

    async def show(self, data: Data) -> Screen:
        """Each part as it is, whom it reaches, when it would go, and what is missing."""
        draft = await self.composing.draft(self.visit)
        reach = await self.composing.reach(draft, self.visit.now)
        params = {
            "text": _excerpt(draft.html) if draft.html else _missing(),
            "file": draft.attached.name if draft.attached else _nothing(),
            "category": _category(draft),
            "button": Phrase(f"notification.opens.{draft.opens}") if draft.opens else _nothing(),
            "audience": _audience(draft),
            "lines": self._lines(draft, reach),
        }
        return Screen("broadcasts.compose.text", params, _rows(draft))

    async def answer(self, data: Data, given: Input) -> Outcome:
        """A part, the preview, or nothing of it all."""
        match given:
            case Part(name) if name in PARTS:
                return Go(name)
            case Do("preview"):
                return await self._preview()
            case Do("drop"):
                await self.composing.drop(self.visit)
                return replace(HOME, notice=Phrase("broadcasts.compose.dropped"))
        return steer(given, "draft", data, HOME)

    async def _preview(self) -> Outcome:
        try:
            draft = await self.composing.draft(self.visit)
            await self.composing.message(self.visit, draft)
        except Unready as error:
            return Go("draft", {}, Phrase(f"broadcasts.lacks.{error.lacks[0]}"))
        return Go("preview")

    def _lines(self, draft: Draft, reach: Reach | None) -> tuple[Phrase, ...]:
        """What follows from the parts."""
        lines = [reach_of(reach)] if reach else []
        if reach and reach.mail and draft.attached:
            lines.append(Phrase("broadcasts.reach.bare"))
        if reach and self.launching.is_shared(reach.total):
            lines.append(Phrase("broadcasts.reach.shared", {"alone": self.launching.alone}))
        if draft.category:
            due = self.composing.due(draft.category, self.visit.now)
            lines.append(when(due, self.visit.now))
        lacks = draft.lacks()
        if not self.composing.fits(draft, self.visit.now):
            lacks = (*lacks, Lack.LENGTH)
        return (*lines, *(Phrase(f"broadcasts.lacks.{lack}") for lack in lacks))


def _rows(draft: Draft) -> Rows:
    def part(name: str) -> Button:
        return Button(f"broadcasts.compose.{name}", Part(name))

    preview = (Button("broadcasts.compose.preview", Do("preview")),)
    rows: Rows = (
        (part("write"), part("file")),
        (part("category"), part("button")),
        (part("audience"),),
        preview,
    )
    drop: Rows = ((Button("broadcasts.compose.drop", Do("drop")),),) if draft != Draft() else ()
    return (*rows, *drop, *footer())


def _excerpt(html: str) -> str:
    return f"«{brief(' '.join(unescape(checked(html).plain).split()), _EXCERPT)}»"


def _category(draft: Draft) -> Phrase:
    return Phrase(f"broadcasts.category.name.{draft.category}") if draft.category else _missing()


def _audience(draft: Draft) -> object:
    return audience_of(draft) or _missing()


def _missing() -> Phrase:
    return Phrase("broadcasts.compose.missing")


def _nothing() -> Phrase:
    return Phrase("broadcasts.compose.nothing")
