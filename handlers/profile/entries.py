"""A section that repeats: its entries, and one of them."""

from dataclasses import dataclass

from domain.profile.form import Section, Values
from domain.profile.records import Entries
from domain.profile.sections import BENEFICIARIES
from handlers.kit.flow import Data, Go, Input, Outcome
from handlers.kit.navigation import footer
from handlers.kit.screen import Button, Phrase, Rows, Screen
from handlers.profile.form import Form, Spot, section_in
from handlers.profile.section import field_button
from handlers.profile.taps import (
    AddEntry,
    AllTheSame,
    OpenEntry,
    OpenField,
    RemoveEntry,
    Review,
)
from handlers.profile.wording import lines_of, name_of, shown, summary_of
from handlers.understand import wander


@dataclass(frozen=True, slots=True)
class EntryList:
    form: Form

    async def show(self, data: Data) -> Screen:
        """The entries, each with a button; room for another if there is any."""
        section, standing = section_in(data), await self.form.standing()
        entries = standing.draft.of(section, standing.profile)
        params = {"section": name_of(section.name), "lines": self._lines(section, entries)}
        if section.name in standing.waiting:
            return Screen("profile.section.waiting", params, footer())
        changed = section.name in {change.section for change in standing.changes}
        return Screen(f"profile.entries.{section.name}", params, _rows(section, entries, changed))

    async def answer(self, data: Data, given: Input) -> Outcome:
        """An entry, a new one, or that nothing changed."""
        section, entries = section_in(data), await self.form.entries(section_in(data))
        if section.name in (await self.form.standing()).waiting:
            return wander(given, Go("overview")) or Go("entries", data)
        match given:
            case AllTheSame():
                await self.form.all_the_same(section)
                params = {"section": name_of(section.name)}
                return Go("overview", notice=Phrase("profile.section.same", params))
            case AddEntry() if len(entries) < section.most:
                spot = Spot(section, len(entries), section.fields[0])
                return Go("question", spot.data | {"walk": True})
            case OpenEntry(number) if number < len(entries):
                return Go("entry", {"section": section.name, "entry": number})
            case Review():
                return Go("review")
        return wander(given, Go("overview")) or Go("entries", data)

    def _lines(self, section: Section, entries: Entries) -> tuple[Phrase, ...]:
        places = self.form.places
        lines = [
            Phrase(
                "profile.entries.whole" if not section.missing(e) else "profile.entries.part",
                {"position": n, "entry": summary_of(section, e, places)},
            )
            for n, e in enumerate(entries, 1)
        ]
        if section is BENEFICIARIES and entries:
            total = str(sum(int(entry.get("share", 0)) for entry in entries))
            share = shown(section.field("share"), total, places)
            lines.append(Phrase("profile.entries.total", {"share": share}))
        return tuple(lines) or (Phrase("profile.entries.none"),)


def _rows(section: Section, entries: Entries, changed: bool) -> Rows:
    rows: list[tuple[Button, ...]] = [
        (Button("profile.entries.open", OpenEntry(n), {"position": n + 1, "name": _name(e)}),)
        for n, e in enumerate(entries)
    ]
    if len(entries) < section.most:
        rows.append((Button("profile.entries.add", AddEntry()),))
    first = Button("profile.button.same", AllTheSame())
    rows.append((Button("profile.button.review", Review()) if changed else first,))
    return (*rows, *footer())


def _name(entry: Values) -> str:
    return entry.get("name", "")[:28]


@dataclass(frozen=True, slots=True)
class EntryStep:
    form: Form

    async def show(self, data: Data) -> Screen:
        """One entry with all its answers."""
        section, number = section_in(data), data["entry"]
        values = await self.form.values(Spot(section, number, section.fields[0]))
        fields = [field_button(section, number, f.name) for f in section.asked(values)]
        pairs = tuple(tuple(fields[at : at + 2]) for at in range(0, len(fields), 2))
        remove = (Button("profile.entries.remove", RemoveEntry()),)
        params = {
            "section": name_of(section.name),
            "lines": lines_of(section, values, self.form.places),
        }
        return Screen("profile.entries.one", params, (*pairs, remove, *footer()))

    async def answer(self, data: Data, given: Input) -> Outcome:
        """One of its questions, or the entry goes."""
        section, number = section_in(data), data["entry"]
        here = Go("entries", {"section": section.name})
        match given:
            case RemoveEntry():
                await self.form.remove(section, number)
                return Go("entries", here.data, Phrase("profile.entries.removed"))
            case OpenField(field=name) if name in {f.name for f in section.fields}:
                return Go("question", Spot(section, number, section.field(name)).data)
        return wander(given, here) or Go("entry", data)
