"""The form's cover: its sections and how far the member is."""

from dataclasses import dataclass

from domain.profile.filing import Standing
from domain.profile.form import Section
from domain.profile.sections import SECTIONS
from handlers.kit.flow import Data, Go, Input, Leave, Outcome
from handlers.kit.navigation import footer
from handlers.kit.screen import Button, Phrase, Rows, Screen
from handlers.kit.texts import plural
from handlers.profile.form import Form, section_step
from handlers.profile.taps import Discard, OpenSection, OwnRequests, Review
from handlers.profile.wording import name_of
from handlers.understand import wander


@dataclass(frozen=True, slots=True)
class Overview:
    form: Form

    async def show(self, data: Data) -> Screen:
        """Each section with a mark, and what can be done with the draft."""
        standing = await self.form.standing()
        params = {
            "sections": tuple(self._line(s, standing) for s in SECTIONS.values()),
            "progress": _progress(standing),
        }
        return Screen("profile.overview.text", params, (*_section_rows(), *_draft_rows(standing)))

    async def answer(self, data: Data, given: Input) -> Outcome:
        """A section, the review, the requests, or away."""
        match given:
            case OpenSection(name) if name in SECTIONS:
                return section_step(SECTIONS[name])
            case Review():
                return await self._review()
            case OwnRequests():
                return Leave("requests")
            case Discard():
                await self.form.discard()
                return Go("overview", notice=Phrase("profile.overview.discarded"))
        return wander(given) or Go("overview")

    async def _review(self) -> Outcome:
        """What was only confirmed needs nobody's decision."""
        standing = await self.form.standing()
        if standing.changes or not standing.same:
            return Go("review")
        done = await self.form.filing.confirm(self.form.visit)
        return Go("overview", notice=Phrase(plural("profile.overview.confirmed", len(done))))

    def _line(self, section: Section, standing: Standing) -> Phrase:
        state = _state(section, standing, self.form)
        return Phrase(f"profile.overview.{state}", {"section": name_of(section.name)})


def _state(section: Section, standing: Standing, form: Form) -> str:
    if section.name in standing.waiting:
        return "waiting"
    if section.name in {change.section for change in standing.changes}:
        return "changed"
    if section.name in standing.same:
        return "same"
    return "old" if standing.profile.is_old(section, form.visit.now) else "fresh"


def _progress(standing: Standing) -> Phrase:
    changed = {change.section for change in standing.changes}
    done = len(changed | standing.same | standing.waiting)
    if not done:
        return Phrase("profile.overview.begin")
    return Phrase("profile.overview.progress", {"done": done, "all": len(SECTIONS)})


def _section_rows() -> Rows:
    buttons = [Button(f"profile.section_name.{n}", OpenSection(n)) for n in SECTIONS]
    return tuple(tuple(buttons[at : at + 2]) for at in range(0, len(buttons), 2))


def _draft_rows(standing: Standing) -> Rows:
    rows: list[tuple[Button, ...]] = []
    if standing.changes:
        count = len(standing.changes)
        label = plural("profile.overview.review", count)
        rows.append((Button(label, Review(), {"count": count}),))
    elif standing.same:
        rows.append((Button("profile.overview.confirm", Review()),))
    discard = (Button("profile.overview.discard", Discard()),) if standing.changes else ()
    rows.append((Button("profile.overview.requests", OwnRequests()), *discard))
    return (*rows, *footer())
