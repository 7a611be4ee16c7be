"""A section that does not repeat: what is on file, and each of its questions."""

from dataclasses import dataclass

from domain.profile.filing import Standing
from domain.profile.form import Section, Values
from handlers.kit.flow import Data, Go, Input, Outcome
from handlers.kit.navigation import footer
from handlers.kit.screen import Button, Phrase, Rows, Screen
from handlers.profile.form import Form, Spot, section_in
from handlers.profile.taps import AllTheSame, OpenField, Review, Walk
from handlers.profile.wording import lines_of, name_of
from handlers.understand import wander


@dataclass(frozen=True, slots=True)
class SectionStep:
    form: Form

    async def show(self, data: Data) -> Screen:
        """What is on file or drafted; a section that waits for a decision can only be read."""
        section, standing = section_in(data), await self.form.standing()
        values = standing.draft.of(section, standing.profile)[0]
        lines = lines_of(section, values, self.form.places)
        params = {"section": name_of(section.name), "lines": lines}
        if section.name in standing.waiting:
            return Screen("profile.section.waiting", params, footer())
        return Screen("profile.section.text", params, _rows(section, values, standing))

    async def answer(self, data: Data, given: Input) -> Outcome:
        """A question, all of them, or that nothing changed."""
        section = section_in(data)
        if section.name in (await self.form.standing()).waiting:
            return wander(given, Go("overview")) or Go("section", data)
        match given:
            case AllTheSame():
                await self.form.all_the_same(section)
                return Go("overview", notice=_same(section))
            case Walk():
                return Go("question", Spot(section, 0, section.fields[0]).data | {"walk": True})
            case OpenField(field=name) if name in {f.name for f in section.fields}:
                return Go("question", Spot(section, 0, section.field(name)).data)
            case Review():
                return Go("review")
        return wander(given, Go("overview")) or Go("section", data)


def _same(section: Section) -> Phrase:
    return Phrase("profile.section.same", {"section": name_of(section.name)})


def _rows(section: Section, values: Values, standing: Standing) -> Rows:
    changed = section.name in {change.section for change in standing.changes}
    first = (
        Button("profile.button.review", Review())
        if changed
        else Button("profile.button.same", AllTheSame())
    )
    fields = [field_button(section, 0, f.name) for f in section.asked(values)]
    pairs = tuple(tuple(fields[at : at + 2]) for at in range(0, len(fields), 2))
    return ((first, Button("profile.button.walk", Walk())), *pairs, *footer())


def field_button(section: Section, entry: int, field: str) -> Button:
    """A button with the field's short name."""
    tap = OpenField(section.name, entry, field)
    return Button(f"profile.label.{section.name}.{field}", tap)
