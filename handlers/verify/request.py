"""One request: old beside new, papers on tap, and the decision."""

from collections.abc import Sequence
from dataclasses import dataclass

from domain.conversation import Visit
from domain.profile.applying import ContactUnderWay
from domain.profile.papers import Paper
from domain.profile.places import Places
from domain.profile.requests import Refusal, Request, Requested, State
from domain.profile.sections import SECTIONS
from domain.profile.verifying import Decided, Verifying
from handlers.kit.flow import Data, Delivery, Go, Input, Outcome
from handlers.kit.navigation import footer
from handlers.kit.screen import Button, Phrase, Rows, Screen
from handlers.profile.standing import reason_of, state_line
from handlers.profile.wording import headed, name_of
from handlers.statement.paging import Turn, last_page, page_within, turning_row
from handlers.understand import wander
from handlers.verify.taps import (
    Approve,
    Ask,
    Because,
    OpenPart,
    Reject,
    Release,
    ShowPaper,
)

A_PAGE = 12


@dataclass(frozen=True, slots=True)
class RequestStep:
    """`part` in the data: only that section is looked at and decided."""

    visit: Visit
    verifying: Verifying
    places: Places

    async def show(self, data: Data) -> Screen:
        """What would change, risky changes marked; decided sections with who decided them."""
        found = await self.verifying.look(self.visit, data["request"])
        if found is None:
            return Screen("verify.gone", rows=footer())
        parts = _wanted(found, data)
        lines = headed(tuple(part.change for part in parts), self.places)
        decided = tuple(line for part in found.sections for line in _decided(part))
        last = last_page(lines, A_PAGE)
        page = page_within(data.get("page", 0), last)
        params = {
            "number": found.number,
            "name": await self.verifying.name_of(self.visit, found),
            "filed_at": found.filed_at,
            "claim": _claim(found, self.visit),
            "lines": (*lines[page * A_PAGE : (page + 1) * A_PAGE], *decided),
            "talk": tuple(_talk(found)) or (Phrase("verify.request.no_talk"),),
        }
        turning = turning_row(page, page < last, "verify.request")
        papers = await self.verifying.papers_of(self.visit, found)
        return Screen("verify.request.text", params, (*turning, *_rows(found, data, papers)))

    async def answer(self, data: Data, given: Input) -> Outcome:
        """Decide, look at a paper, ask, or leave it to others."""
        match given:
            case Approve():
                return await self._approve(data)
            case Reject():
                return Go("reason", data)
            case Turn(page):
                return Go("request", data | {"page": page_within(page)})
            case OpenPart(section) if section in SECTIONS:
                return Go("request", {"request": data["request"], "part": section})
            case ShowPaper(paper):
                return self._paper(data, paper)
            case Ask():
                return Go("ask", data)
            case Release():
                await self.verifying.release(self.visit, data["request"])
                return Go("queue", notice=Phrase("verify.released"))
        return wander(given, _back(data)) or Go("request", data)

    async def show_reason(self, data: Data) -> Screen:
        """Reasons to tap; another may be typed."""
        rows = tuple((Button(f"verify.refusal.{r}", Because(r)),) for r in Refusal)
        return Screen("verify.reason", rows=(*rows, *footer()))

    async def answer_reason(self, data: Data, given: Input) -> Outcome:
        """Refuse with that reason."""
        match given:
            case Because(reason) if reason in set(Refusal):
                return await self._reject(data, reason)
            case str() if given.strip():
                return await self._reject(data, given)
        return wander(given, Go("request", data)) or Go("reason", data)

    async def show_ask(self, data: Data) -> Screen:
        """Type the question."""
        return Screen("verify.ask.text", rows=footer())

    async def answer_ask(self, data: Data, given: Input) -> Outcome:
        """The question goes to the member; the answer comes into this request."""
        if not isinstance(given, str) or not given.strip():
            return wander(given, Go("request", data)) or Go("ask", data)
        asked = await self.verifying.ask(self.visit, data["request"], given)
        return Go("request", data, Phrase("verify.ask.sent" if asked else "verify.ask.waits"))

    async def _approve(self, data: Data) -> Outcome:
        sections = await self._sections(data)
        try:
            return _after(await self.verifying.approve(self.visit, data["request"], sections))
        except ContactUnderWay:
            return Go("request", data, Phrase("verify.contact_under_way"))

    async def _reject(self, data: Data, reason: str) -> Outcome:
        sections = await self._sections(data)
        return _after(await self.verifying.reject(self.visit, data["request"], sections, reason))

    async def _sections(self, data: Data) -> list[str]:
        found = await self.verifying.look(self.visit, data["request"])
        return [part.change.section for part in _wanted(found, data)] if found else []

    def _paper(self, data: Data, paper: int) -> Outcome:
        params = {"request": data["request"], "paper": paper}
        return Go("request", data, Phrase("verify.paper.coming"), Delivery("paper", params))


def _after(decided: Decided) -> Outcome:
    """What is left of the request, or the queue when it is all decided."""
    if not decided.now:
        return Go("queue", notice=_faster(decided.request))
    params = {"number": decided.request.number}
    if decided.request.pending:
        notice = Phrase("verify.decided.part", params)
        return Go("request", {"request": decided.request.id}, notice)
    return Go("queue", notice=Phrase("verify.decided.all", params))


def _faster(request: Request) -> Phrase:
    done = [p for p in request.sections if p.decided_by]
    if not done:
        return Phrase("verify.decided.withdrawn", {"number": request.number})
    params = {"number": request.number, "by": done[-1].decided_by, "at": done[-1].decided_at}
    return Phrase("verify.decided.faster", params)


def _wanted(request: Request, data: Data) -> tuple[Requested, ...]:
    part = data.get("part")
    return tuple(p for p in request.pending if part in (None, p.change.section))


def _decided(part: Requested) -> tuple[Phrase, ...]:
    if part.state is State.PENDING:
        return ()
    line = state_line(part)
    return (line, reason_of(part.reason)) if part.state is State.REJECTED else (line,)


def _claim(request: Request, visit: Visit) -> Phrase:
    claimer = request.claimer_at(visit.now)
    own = visit.session.employee.id if visit.session and visit.session.employee else None
    if claimer is None:
        return Phrase("verify.request.free")
    if request.claimed_by == own:
        return Phrase("verify.request.yours")
    return Phrase("verify.request.others", {"name": claimer})


def _talk(request: Request) -> list[Phrase]:
    lines: list[Phrase] = []
    for question in request.questions:
        lines.append(Phrase("verify.request.asked", {"question": question.text}))
        if question.answer is not None:
            lines.append(Phrase("verify.request.answered", {"answer": question.answer}))
    return lines


def _rows(request: Request, data: Data, papers: Sequence[Paper]) -> Rows:
    shown = tuple(
        (
            Button(
                "verify.paper.open",
                ShowPaper(p.id),
                {"paper": Phrase(f"profile.proves.{p.proves}")},
            ),
        )
        for p in papers
    )
    if not _wanted(request, data):
        return (*shown, *footer())
    whole = data.get("part") is None and len(request.pending) > 1
    names = ("all", "none") if whole else ("approve", "reject")
    decide = tuple(
        Button(f"verify.request.{name}", tap)
        for name, tap in zip(names, (Approve(), Reject()), strict=True)
    )
    parts = tuple(
        (Button("verify.request.part", OpenPart(s), {"section": name_of(s)}),)
        for s in (p.change.section for p in request.pending)
        if whole
    )
    others = (Button("verify.request.ask", Ask()), Button("verify.request.release", Release()))
    return (*shown, decide, *parts, others, *footer())


def _back(data: Data) -> Outcome:
    if data.get("part") is not None:
        return Go("request", {"request": data["request"]})
    return Go("queue")
