"""The member's form in one turn: where the member is in it, and how an answer is kept."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from domain.clock import local_date
from domain.conversation import Visit
from domain.profile.draft import Draft
from domain.profile.filing import Filing, Standing
from domain.profile.form import Field, Section, Values
from domain.profile.places import Places
from domain.profile.records import Entries
from domain.profile.sections import SECTIONS
from handlers.kit.flow import Data, Go


@dataclass(frozen=True, slots=True)
class Spot:
    """A question of the form: which section, which of its entries, which field."""

    section: Section
    entry: int
    field: Field

    @property
    def data(self) -> Data:
        """The spot as it is kept in the chat's row."""
        return {"section": self.section.name, "entry": self.entry, "field": self.field.name}


def section_in(data: Mapping[str, Any]) -> Section:
    """The section that the data names; the first one for what is none."""
    return SECTIONS.get(str(data.get("section")), next(iter(SECTIONS.values())))


def spot_in(data: Mapping[str, Any]) -> Spot:
    """The question that the data names; the section's first one for what is none."""
    section, entry = section_in(data), data.get("entry", 0)
    known = {field.name: field for field in section.fields}
    field = known.get(str(data.get("field")), section.fields[0])
    return Spot(section, entry if section.repeats else 0, field)


@dataclass(frozen=True, slots=True)
class Form:
    visit: Visit
    filing: Filing
    places: Places

    async def standing(self) -> Standing:
        return await self.filing.standing(self.visit)

    async def entries(self, section: Section) -> Entries:
        """The section as drafted, or else as on file."""
        standing = await self.standing()
        return standing.draft.of(section, standing.profile)

    async def values(self, spot: Spot) -> Values:
        """The answers beside that question."""
        entries = await self.entries(spot.section)
        return entries[spot.entry] if spot.entry < len(entries) else {}

    async def read(self, spot: Spot, typed: str) -> str:
        """The answer as it is kept; Unreadable says why it is none."""
        values = await self.values(spot)
        return spot.section.read(spot.field, typed, values, local_date(self.visit.now))

    async def answer(self, spot: Spot, value: str | None) -> Values:
        """Keep an answer, or that there is none; the answers beside it now."""
        standing = await self.standing()
        entries = list(standing.draft.of(spot.section, standing.profile))
        if spot.entry >= len(entries):
            entries.append({})
        index = min(spot.entry, len(entries) - 1)
        kept = {n: v for n, v in entries[index].items() if n != spot.field.name}
        entries[index] = kept if value is None else kept | {spot.field.name: value}
        draft = standing.draft.with_entries(spot.section, entries)
        await self._keep(standing, draft)
        return draft.of(spot.section, standing.profile)[index]

    async def prove(self, field: str, value: str) -> None:
        """Keep that the mobile or e-mail was shown to be the member's own."""
        standing = await self.standing()
        await self.filing.keep(self.visit, standing.draft.with_proof(field, value))

    async def remove(self, section: Section, entry: int) -> None:
        """Take an entry out."""
        standing = await self.standing()
        entries = [
            e for n, e in enumerate(standing.draft.of(section, standing.profile)) if n != entry
        ]
        await self._keep(standing, standing.draft.with_entries(section, entries))

    async def all_the_same(self, section: Section) -> None:
        """Say that the section is right as it is on file."""
        standing = await self.standing()
        await self.filing.keep(self.visit, standing.draft.as_before(section))

    async def discard(self) -> None:
        """Forget what was changed and not filed."""
        await self.filing.keep(self.visit, Draft())

    async def _keep(self, standing: Standing, draft: Draft) -> None:
        """What was changed back to what is on file is no change."""
        left = {
            name: entries
            for name, entries in draft.entries.items()
            if entries != standing.profile.of(SECTIONS[name])
        }
        await self.filing.keep(self.visit, replace(draft, entries=left))


def section_step(section: Section) -> Go:
    """The screen of that section."""
    step = "entries" if section.repeats else "section"
    return Go(step, {"section": section.name})
