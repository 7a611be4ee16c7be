"""Before filing: old to new for each change, and what is still missing."""

from collections.abc import Sequence
from dataclasses import dataclass

from domain.profile.changes import Gap
from domain.profile.filing import Standing
from domain.profile.sections import PERSONAL, SECTIONS
from handlers.kit.flow import Data, Go, Input, Outcome
from handlers.kit.navigation import footer
from handlers.kit.screen import Button, Phrase, Rows, Screen
from handlers.profile.form import Form, Spot
from handlers.profile.proving import Proving
from handlers.profile.taps import Onward, OpenField
from handlers.profile.wording import headed, label_of, name_of
from handlers.statement.paging import Turn, last_page, page_within, turning_row
from handlers.understand import wander

A_PAGE = 12
MOST_GAPS = 6


@dataclass(frozen=True, slots=True)
class Review:
    form: Form
    proving: Proving

    async def show(self, data: Data) -> Screen:
        """A page of the changes; buttons to what is missing, or on."""
        standing = await self.form.standing()
        lines = headed(standing.changes, self.form.places)
        if not lines:
            return Screen("profile.review.nothing", rows=footer())
        last = last_page(lines, A_PAGE)
        page = page_within(data.get("page", 0), last)
        params = {
            "lines": lines[page * A_PAGE : (page + 1) * A_PAGE],
            "missing": _missing(standing.gaps) or (Phrase("profile.review.whole"),),
        }
        turning = turning_row(page, page < last, "profile.review")
        return Screen("profile.review.text", params, (*turning, *_rows(standing), *footer()))

    async def answer(self, data: Data, given: Input) -> Outcome:
        """Another page, a missing answer, or on to papers and declarations."""
        match given:
            case Turn(page):
                return Go("review", {"page": page_within(page)})
            case OpenField(name, entry, field) if _exists(name, field):
                return await self._fill(Spot(SECTIONS[name], entry, SECTIONS[name].field(field)))
            case Onward():
                return await self._on(data)
        return wander(given, Go("overview")) or Go("review", data)

    async def _fill(self, spot: Spot) -> Outcome:
        """The question, or for an answer that is only unproven, its proof."""
        value = (await self.form.values(spot)).get(spot.field.name)
        if spot.section is PERSONAL and value is not None:
            proof = await self.proving.begin(spot.field.name, value, spot.data)
            return proof or Go("question", spot.data)
        if spot.section.repeats:
            return Go("entries", {"section": spot.section.name}) if value else _ask(spot)
        return _ask(spot)

    async def _on(self, data: Data) -> Outcome:
        standing = await self.form.standing()
        if standing.gaps or not standing.changes:
            return Go("review", data)
        missing = await self.form.filing.missing_papers(self.form.visit, standing)
        return Go("papers") if standing.needs and missing else Go("declarations")


def _ask(spot: Spot) -> Go:
    return Go("question", spot.data)


def _exists(section: str, field: str) -> bool:
    return section in SECTIONS and field in {f.name for f in SECTIONS[section].fields}


def _missing(gaps: Sequence[Gap]) -> tuple[Phrase, ...]:
    return tuple(
        Phrase(
            f"profile.gap.{gap.why}",
            {"section": name_of(gap.section), "label": label_of(gap.section, gap.field)},
        )
        for gap in gaps[:MOST_GAPS]
    )


def _rows(standing: Standing) -> Rows:
    if not standing.gaps:
        return ((Button("profile.button.onward", Onward()),),)
    seen = dict.fromkeys((gap.section, gap.entry, gap.field) for gap in standing.gaps)
    return tuple(
        (Button("profile.review.fill", OpenField(*gap), {"label": label_of(gap[0], gap[2])}),)
        for gap in list(seen)[:MOST_GAPS]
    )
