"""Whom it is for, by taps, with a live count."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from domain.broadcasts.composing import Compose
from domain.conversation import Visit
from domain.notifications.flaws import Flawed
from domain.notifications.segments import Segment, spelled
from handlers.broadcasts.parts import DRAFT
from handlers.broadcasts.taps import Do, Part, Pick
from handlers.broadcasts.wording import ENTRY, LATE, audience_of, late_key, reach_of
from handlers.kit.flow import Data, Go, Input, Outcome, Step
from handlers.kit.navigation import footer
from handlers.kit.screen import Button, Phrase, Rows, Screen
from handlers.staff.guard import steer
from handlers.statement.paging import Turn, last_page, page_within, turning_row
from handlers.statement.wording import brief

PRODUCTS = ("contribution", "demand", "permanent", "programmed", "cdat", "credit")
FILTERS = ("products", "late", "towns", "entry")
TOWNS_A_PAGE = 8
_ON_BUTTON = 34
AUDIENCE = Go("audience")


@dataclass(frozen=True, slots=True)
class SegmentSteps:
    visit: Visit
    composing: Compose

    def steps(self) -> Mapping[str, Step]:
        """The conditions together, and each of them."""
        return {
            "audience": Step(self.show, self.answer),
            "products": Step(self.show_products, self.take_product),
            "late": Step(self.show_late, self.take_late),
            "towns": Step(self.show_towns, self.take_town),
            "entry": Step(self.show_entry, self.take_entry),
        }

    async def show(self, data: Data) -> Screen:
        """What is chosen, how many that is, and what can be chosen."""
        draft = await self.composing.draft(self.visit)
        missing = Phrase("broadcasts.audience.nobody")
        params = {"audience": audience_of(draft) or missing, "reach": await self._reach()}
        rows: Rows = (
            (Button("broadcasts.audience.everybody", Do("everybody")),),
            *((Button(f"broadcasts.audience.{name}", Part(name)),) for name in FILTERS),
        )
        clear: Rows = ((Button("broadcasts.audience.clear", Do("clear")),),)
        more = clear if draft.has_audience else ()
        return Screen("broadcasts.audience.text", params, (*rows, *more, *footer()))

    async def answer(self, data: Data, given: Input) -> Outcome:
        """Everybody, a kind of condition, or none of them."""
        match given:
            case Do("everybody"):
                await self.composing.change(self.visit, segment=Segment(), everybody=True)
                return AUDIENCE
            case Do("clear"):
                await self.composing.change(self.visit, segment=Segment(), everybody=False)
                return AUDIENCE
            case Part(name) if name in FILTERS:
                return Go(name)
        return steer(given, "audience", data, DRAFT)

    async def show_products(self, data: Data) -> Screen:
        """Kinds of products, each on or off."""
        chosen = (await self._segment()).products
        rows = _toggles([(p, f"broadcasts.product.{p}", p in chosen) for p in PRODUCTS])
        return await self._screen("products", rows)

    async def take_product(self, data: Data, given: Input) -> Outcome:
        """One more, or one less."""
        if isinstance(given, Pick) and given.name in PRODUCTS:
            chosen = (await self._segment()).products
            return await self._filter("products", products=chosen ^ {given.name})
        return steer(given, "products", data, AUDIENCE)

    async def show_late(self, data: Data) -> Screen:
        """Spans of days past due; one of them, or any."""
        chosen = (await self._segment()).past_due
        spans = [(str(n), late_key(days), days == chosen) for n, days in enumerate(LATE)]
        return await self._screen("late", (*_toggles(spans), *_any()))

    async def take_late(self, data: Data, given: Input) -> Outcome:
        """The span, or any."""
        spans: dict[str, tuple[int, int] | None] = {str(n): days for n, days in enumerate(LATE)}
        spans[""] = None
        if isinstance(given, Pick) and given.name in spans:
            return await self._filter("late", past_due=spans[given.name])
        return steer(given, "late", data, AUDIENCE)

    async def show_towns(self, data: Data) -> Screen:
        """Where members live, a page at a time."""
        known, chosen = await self._towns(), (await self._segment()).municipalities
        page = page_within(data.get("page", 0), last_page(known, TOWNS_A_PAGE))
        first = page * TOWNS_A_PAGE
        rows: Rows = tuple(
            (_named(str(n), name, name in chosen),)
            for n, name in enumerate(known[first : first + TOWNS_A_PAGE], start=first)
        )
        more = first + TOWNS_A_PAGE < len(known)
        turning = turning_row(page, more, "staff.turn")
        return await self._screen("towns", (*rows, *turning, *_any()))

    async def take_town(self, data: Data, given: Input) -> Outcome:
        """One more or less, by its place or its name; another page."""
        known = await self._towns()
        match given:
            case Turn(page):
                return Go("towns", {"page": page_within(page, last_page(known, TOWNS_A_PAGE))})
            case Pick(""):
                return await self._filter("towns", data, municipalities=frozenset())
            case Pick(place) if place.isdecimal() and int(place) < len(known):
                return await self._town(known[int(place)], known, data)
            case str():
                return await self._town(given, known, data)
        return steer(given, "towns", data, AUDIENCE)

    async def show_entry(self, data: Data) -> Screen:
        """When members entered last; one of these, or any."""
        segment = await self._segment()
        chosen = (segment.entered_within, segment.away_for)
        names = [(name, f"broadcasts.entry.{name}", d == chosen) for name, d in ENTRY.items()]
        return await self._screen("entry", (*_toggles(names), *_any()))

    async def take_entry(self, data: Data, given: Input) -> Outcome:
        """The span, or any."""
        spans = {**ENTRY, "": (None, None)}
        if isinstance(given, Pick) and given.name in spans:
            within, away = spans[given.name]
            return await self._filter("entry", entered_within=within, away_for=away)
        return steer(given, "entry", data, AUDIENCE)

    async def _town(self, name: str, known: Sequence[str], data: Data) -> Outcome:
        try:
            named = spelled([name], known)
        except Flawed:
            told = {"name": brief(" ".join(name.split()), _ON_BUTTON)}
            return Go("towns", data, Phrase("broadcasts.audience.unknown_town", told))
        chosen = (await self._segment()).municipalities
        return await self._filter("towns", data, municipalities=chosen ^ named)

    async def _filter(self, step: str, data: Data | None = None, **conditions: Any) -> Outcome:
        """These conditions beside the others; they take the place of everybody."""
        segment = replace(await self._segment(), **conditions)
        await self.composing.change(self.visit, segment=segment, everybody=False)
        return Go(step, data or {})

    async def _screen(self, step: str, rows: Rows) -> Screen:
        params = {"reach": await self._reach()}
        return Screen(f"broadcasts.audience.{step}_text", params, (*rows, *footer()))

    async def _reach(self) -> Phrase:
        draft = await self.composing.draft(self.visit)
        return reach_of(await self.composing.reach(draft, self.visit.now))

    async def _segment(self) -> Segment:
        return (await self.composing.draft(self.visit)).segment

    async def _towns(self) -> list[str]:
        return sorted(await self.composing.audience.municipalities())


def _toggles(choices: Sequence[tuple[str, str, bool]]) -> Rows:
    return tuple((_toggle(name, Phrase(key), on),) for name, key, on in choices)


def _named(place: str, name: str, on: bool) -> Button:
    return _toggle(place, brief(name, _ON_BUTTON), on)


def _toggle(name: str, label: object, on: bool) -> Button:
    return Button(f"broadcasts.audience.{'on' if on else 'off'}", Pick(name), {"name": label})


def _any() -> Rows:
    return ((Button("broadcasts.audience.any", Pick("")),),)
