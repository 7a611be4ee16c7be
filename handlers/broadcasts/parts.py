"""The parts of a broadcast: its text, a file, what it is about, a button."""

from dataclasses import dataclass

from domain.broadcasts.composing import LONGEST, Compose, TooLong
from domain.broadcasts.draft import CATEGORIES
from domain.conversation import Visit
from domain.notifications.buttons import Opens
from domain.notifications.categories import Category
from domain.notifications.flaws import Flawed
from domain.notifications.markup import CAPTION_LIMIT, FOOTER, MarkupError, checked
from handlers.broadcasts.taps import Pick
from handlers.broadcasts.wording import when
from handlers.kit.flow import Data, Go, Input, Outcome, Upload
from handlers.kit.navigation import footer
from handlers.kit.screen import Button, Phrase, Rows, Screen
from handlers.staff.guard import steer
from handlers.statement.wording import brief

DRAFT = Go("draft")
KEPT = Go("draft", notice=Phrase("broadcasts.compose.kept"))
CAPTION = CAPTION_LIMIT - FOOTER
# An excerpt, so that the screen fits whatever the text is.
_EXCERPT = 300
_PIECE = 60
_FLAWS = {"too_large": "too_large", "unknown_type": "unknown"}


@dataclass(frozen=True, slots=True)
class TextStep:
    visit: Visit
    composing: Compose

    async def show(self, data: Data) -> Screen:
        """What it says now, and how it is written."""
        draft = await self.composing.draft(self.visit)
        text = checked(draft.html).plain
        now = f"«{brief(text, _EXCERPT)}»" if text else Phrase("broadcasts.compose.nothing")
        params = {"most": LONGEST, "caption": CAPTION, "now": now}
        return Screen("broadcasts.write.text", params, footer())

    async def answer(self, data: Data, given: Input) -> Outcome:
        """The text, kept as it will be read; or what is wrong with it."""
        if not isinstance(given, str):
            return steer(given, "write", data, DRAFT)
        try:
            await self.composing.write(self.visit, given)
        except TooLong as error:
            params = {"length": error.length, "most": LONGEST}
            return Go("write", data, Phrase("broadcasts.write.too_long", params))
        except MarkupError as error:
            return Go("write", data, self._explained(error))
        return KEPT

    def _explained(self, error: MarkupError) -> Phrase:
        if not error.piece:
            return Phrase("broadcasts.write.empty")
        hosts = ", ".join(sorted(self.composing.editor.settings.link_hosts))
        none = Phrase("broadcasts.compose.nothing")
        params = {"piece": brief(error.piece, _PIECE), "hosts": hosts or none}
        return Phrase("broadcasts.write.markup", params)


@dataclass(frozen=True, slots=True)
class FileStep:
    visit: Visit
    composing: Compose

    async def show(self, data: Data) -> Screen:
        """What goes with it now."""
        file = (await self.composing.draft(self.visit)).attached
        now = file.name if file else Phrase("broadcasts.compose.nothing")
        remove: Rows = ((Button("broadcasts.file.remove", Pick("")),),) if file else ()
        return Screen(
            "broadcasts.file.text", {"caption": CAPTION, "now": now}, (*remove, *footer())
        )

    async def answer(self, data: Data, given: Input) -> Outcome:
        """A picture or a PDF; or none any more."""
        match given:
            case Upload(name, content):
                return await self._take(name, content, data)
            case Pick():
                await self.composing.change(self.visit, attached=None)
                return KEPT
            case str():
                return Go("file", data, Phrase("kernel.only_file"))
        return steer(given, "file", data, DRAFT)

    async def _take(self, name: str, content: bytes | None, data: Data) -> Outcome:
        if content is None:
            return Go("file", data, Phrase("broadcasts.file.too_large"))
        try:
            await self.composing.attach(self.visit, name, content)
        except Flawed as error:
            what = _FLAWS.get(error.flaws[0].code, "broken")
            return Go("file", data, Phrase(f"broadcasts.file.{what}"))
        return KEPT


@dataclass(frozen=True, slots=True)
class CategoryStep:
    visit: Visit
    composing: Compose

    async def show(self, data: Data) -> Screen:
        """What each means under Ley 2300 of 2023, and when it would go."""
        rows: Rows = tuple(
            (Button(f"broadcasts.category.name.{each}", Pick(each.value)),) for each in CATEGORIES
        )
        lines = tuple(_line(each) for each in CATEGORIES)
        # The law's hours are the same for all but the alert.
        due = self.composing.due(Category.CONTRACT, self.visit.now)
        params = {"lines": lines, "when": when(due, self.visit.now)}
        return Screen("broadcasts.category.text", params, (*rows, *footer()))

    async def answer(self, data: Data, given: Input) -> Outcome:
        """The category."""
        if isinstance(given, Pick) and given.name in CATEGORIES:
            await self.composing.change(self.visit, category=Category(given.name))
            return KEPT
        return steer(given, "category", data, DRAFT)


def _line(category: Category) -> Phrase:
    params = {
        "name": Phrase(f"broadcasts.category.name.{category}"),
        "meaning": Phrase(f"broadcasts.category.meaning.{category}"),
    }
    return Phrase("broadcasts.category.line", params)


@dataclass(frozen=True, slots=True)
class ButtonStep:
    visit: Visit
    composing: Compose

    async def show(self, data: Data) -> Screen:
        """What a button may open."""
        opens = (await self.composing.draft(self.visit)).opens
        now = Phrase(f"notification.opens.{opens}" if opens else "broadcasts.compose.nothing")
        rows: Rows = tuple(
            (Button(f"notification.opens.{each}", Pick(each.value)),) for each in Opens
        )
        none: Rows = ((Button("broadcasts.button_choice.none", Pick("")),),)
        return Screen("broadcasts.button_choice.text", {"now": now}, (*none, *rows, *footer()))

    async def answer(self, data: Data, given: Input) -> Outcome:
        """The button, or none."""
        if isinstance(given, Pick) and given.name in ("", *Opens):
            opens = Opens(given.name) if given.name else None
            await self.composing.change(self.visit, opens=opens)
            return KEPT
        return steer(given, "button", data, DRAFT)
