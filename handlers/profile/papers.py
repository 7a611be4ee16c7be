"""Supporting papers: asked for where a rule needs one."""

from dataclasses import dataclass

from domain.access.inside import insider
from domain.profile.papers import MOST_PAPERS, NewPaper, Papers, Proves, media_of
from handlers.kit.flow import Data, Go, Input, Outcome, Upload
from handlers.kit.navigation import footer
from handlers.kit.screen import Button, Phrase, Screen
from handlers.profile.form import Form
from handlers.profile.taps import DropPaper, Onward
from handlers.understand import wander


@dataclass(frozen=True, slots=True)
class PaperStep:
    form: Form
    papers: Papers

    async def show(self, data: Data) -> Screen:
        """What must be shown, what was sent, and how to send it."""
        standing = await self.form.standing()
        missing = await self.form.filing.missing_papers(self.form.visit, standing)
        sent = await self.papers.of_draft(self._member_id)
        wanted = tuple(
            Phrase(f"profile.papers.{'waits' if r in missing else 'sent'}", {"paper": _name(r)})
            for r in standing.needs
        )
        rows = [
            (Button("profile.papers.drop", DropPaper(p.id), {"paper": _name(p.proves)}),)
            for p in sent
        ]
        onward = () if missing else ((Button("profile.button.onward", Onward()),),)
        params = {"wanted": wanted, "next": _next(missing)}
        return Screen("profile.papers.text", params, (*onward, *rows, *footer()))

    async def answer(self, data: Data, given: Input) -> Outcome:
        """A photo or PDF, one taken away again, or on."""
        match given:
            case Upload():
                return Go("papers", data, await self._take(given))
            case DropPaper(paper_id):
                await self.papers.drop(self._member_id, paper_id)
                return Go("papers", data, Phrase("profile.papers.dropped"))
            case Onward():
                return await self._on(data)
            case str():
                return Go("papers", data, Phrase("kernel.only_file"))
        return wander(given, Go("review")) or Go("papers", data)

    async def _on(self, data: Data) -> Outcome:
        standing = await self.form.standing()
        if await self.form.filing.missing_papers(self.form.visit, standing):
            return Go("papers", data)
        return Go("declarations")

    async def _take(self, upload: Upload) -> Phrase:
        """Keep it for the first reason that has none yet; what happened."""
        standing = await self.form.standing()
        missing = await self.form.filing.missing_papers(self.form.visit, standing)
        if upload.content is None:
            return Phrase("profile.papers.too_large")
        media = media_of(upload.content)
        if media is None:
            return Phrase("profile.papers.unknown")
        proves = next(iter(missing), standing.needs[-1] if standing.needs else Proves.IDENTITY)
        new = NewPaper(self._member_id, proves, media, upload.content, self.form.visit.now)
        if not await self.papers.keep(new, MOST_PAPERS):
            return Phrase("profile.papers.too_many")
        return Phrase("profile.papers.taken", {"paper": _name(proves)})

    @property
    def _member_id(self) -> int:
        return insider(self.form.visit).member_id


def _next(missing: tuple[Proves, ...]) -> Phrase:
    if not missing:
        return Phrase("profile.papers.whole")
    return Phrase("profile.papers.next", {"paper": _name(missing[0])})


def _name(proves: Proves) -> Phrase:
    return Phrase(f"profile.proves.{proves}")
