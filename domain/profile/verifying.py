"""An employee verifies requests. The first decision wins; nobody decides their own."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from domain.access.journal import Action, Journal, Result
from domain.conversation import Visit
from domain.profile.applying import Applying
from domain.profile.papers import Paper, Papers
from domain.profile.reading import tidy
from domain.profile.requests import Request, Requested, Requests, State, Verdict
from domain.profile.telling import Messenger
from domain.profile.weeks import Week
from domain.staff.duties import ROLES, Duty, employee_for
from domain.staff.people import Employee

VERIFIERS = ROLES[Duty.PROFILES]
CLAIM = timedelta(minutes=15)
PAPERS_KEPT = timedelta(days=30)
LONGEST_WORDS = 300


class OwnRequest(Exception):
    """It is the employee's own data."""


@dataclass(frozen=True, slots=True)
class InQueue:
    """A request in the queue, without its values. `age` since it was filed."""

    id: int
    number: str
    name: str
    sections: tuple[str, ...]
    risky: bool
    age: timedelta
    claimer: str | None


@dataclass(frozen=True, slots=True)
class Queue:
    """One page; `counts` by section and `oldest` are of the whole queue."""

    shown: tuple[InQueue, ...]
    total: int
    counts: dict[str, int]
    oldest: timedelta | None


@dataclass(frozen=True, slots=True)
class Decided:
    """What was decided now; empty when somebody was faster, or it was withdrawn."""

    request: Request
    now: tuple[Requested, ...]


class Desk(Protocol):
    """What verifiers do with requests besides deciding."""

    async def queue(self, now: datetime, section: str, page: int, size: int) -> Queue:
        """What is pending, the oldest first; `section`: only those with it, all when empty."""

    async def claim(self, request_id: int, staff_id: int, now: datetime, until: datetime) -> bool:
        """Take it for oneself until then; False while it is another's."""

    async def release(self, request_id: int, staff_id: int) -> None: ...

    async def ask(self, request_id: int, staff_id: int, text: str, at: datetime) -> bool:
        """Keep a question; False while another waits for its answer, or all is decided."""

    async def name_of(self, member_id: int) -> str:
        """The member's whole name."""

    async def is_own(self, employee: Employee, telegram_id: int, member_id: int) -> bool:
        """Whether that member is the employee, or was ever at a Telegram account of theirs."""

    async def weeks(self, now: datetime) -> Sequence[Week]:
        """The last weeks, the present one first."""


def verifier(visit: Visit) -> Employee:
    """The verifier of this visit; NotAllowed for anybody else."""
    return employee_for(Duty.PROFILES, visit)


@dataclass(frozen=True, slots=True)
class Verifying:
    requests: Requests
    desk: Desk
    papers: Papers
    applying: Applying
    messenger: Messenger
    journal: Journal

    async def queue(self, visit: Visit, section: str, page: int, size: int) -> Queue:
        """A page of what is pending."""
        verifier(visit)
        return await self.desk.queue(visit.now, section, page, size)

    async def weeks(self, visit: Visit) -> Sequence[Week]:
        """How it went, week by week."""
        verifier(visit)
        return await self.desk.weeks(visit.now)

    async def look(self, visit: Visit, request_id: int) -> Request | None:
        """The request as it is now; OwnRequest for one's own."""
        return await self._not_own(visit, verifier(visit), request_id)

    async def name_of(self, visit: Visit, request: Request) -> str:
        """Whose data it is."""
        verifier(visit)
        return await self.desk.name_of(request.member_id)

    async def papers_of(self, visit: Visit, request: Request) -> Sequence[Paper]:
        """The papers that came with it."""
        verifier(visit)
        return await self.papers.of_request(request.id)

    async def open(self, visit: Visit, request_id: int) -> Request | None:
        """The request, claimed for this verifier if it is free; OwnRequest for one's own."""
        employee = verifier(visit)
        found = await self._not_own(visit, employee, request_id)
        if found is None or not found.pending:
            return found
        until = visit.now + CLAIM
        if await self.desk.claim(request_id, employee.id, visit.now, until):
            await self.messenger.changed(found, visit.now)
        return await self.requests.find(request_id)

    async def approve(self, visit: Visit, request_id: int, sections: Sequence[str]) -> Decided:
        """Make these sections the member's data; OwnRequest for one's own; ContactUnderWay."""
        return await self._decide(visit, request_id, sections, State.APPROVED, None)

    async def reject(
        self, visit: Visit, request_id: int, sections: Sequence[str], reason: str
    ) -> Decided:
        """Refuse these sections, with a reason that the member is told."""
        words = tidy(reason)[:LONGEST_WORDS]
        return await self._decide(visit, request_id, sections, State.REJECTED, words)

    async def ask(self, visit: Visit, request_id: int, text: str) -> bool:
        """Ask the member something; False while a question waits, or all is decided."""
        employee = verifier(visit)
        found = await self._not_own(visit, employee, request_id)
        words = tidy(text)[:LONGEST_WORDS]
        if not found or not await self.desk.ask(request_id, employee.id, words, visit.now):
            return False
        await self._write(visit, Action.PROFILE_QUESTION, found)
        await self.messenger.asked(found, visit.now)
        await self.messenger.changed(found, visit.now)
        return True

    async def release(self, visit: Visit, request_id: int) -> None:
        """Leave it to the others."""
        await self.desk.release(request_id, verifier(visit).id)
        found = await self.requests.find(request_id)
        if found is not None:
            await self.messenger.changed(found, visit.now)

    async def paper(
        self, visit: Visit, request_id: int, paper_id: int
    ) -> tuple[Paper, bytes] | None:
        """A paper of the request, as it was sent; the look is written down."""
        found = await self._not_own(visit, verifier(visit), request_id)
        papers = await self.papers.of_request(request_id) if found else ()
        described = next((paper for paper in papers if paper.id == paper_id), None)
        content = await self.papers.content(request_id, paper_id)
        if found is None or described is None or content is None:
            return None
        await self._write(visit, Action.PROFILE_PAPER_SEEN, found, f"paper {paper_id}")
        return described, content

    async def _decide(
        self,
        visit: Visit,
        request_id: int,
        sections: Sequence[str],
        state: State,
        reason: str | None,
    ) -> Decided:
        employee = verifier(visit)
        found = await self._not_own(visit, employee, request_id)
        if found is None:
            raise LookupError(f"no request {request_id}")
        if state is State.APPROVED:
            await self.applying.require_free(found, sections)
        verdict = Verdict(state, employee.id, visit.now, reason)
        decided = await self.requests.decide(request_id, sections, verdict)
        closed = await self.requests.close_if_done(request_id, visit.now)
        request = await self.requests.find(request_id)
        if request is None:
            raise LookupError(f"no request {request_id}")
        if decided:
            await self._settle(visit, request, decided, closed=closed)
        return Decided(request, decided)

    async def _settle(
        self, visit: Visit, request: Request, decided: tuple[Requested, ...], *, closed: bool
    ) -> None:
        """The data of record, the papers, the trail and everybody's copy, in this transaction."""
        for part in decided:
            approved = part.state is State.APPROVED
            if approved:
                await self.applying.apply(visit, request, part.change)
            action = Action.PROFILE_APPROVED if approved else Action.PROFILE_REJECTED
            await self._write(visit, action, request, part.change.section)
        if closed:
            await self.papers.delete_after(request.id, visit.now + PAPERS_KEPT)
            await self.messenger.decided(request, visit.now)
        await self.messenger.changed(request, visit.now)

    async def _not_own(self, visit: Visit, employee: Employee, request_id: int) -> Request | None:
        found = await self.requests.find(request_id)
        own = found and await self.desk.is_own(employee, visit.telegram_id, found.member_id)
        if found is not None and (own or found.chat_id == visit.telegram_id):
            await self._write(visit, Action.PROFILE_OWN, found, result=Result.REFUSED)
            raise OwnRequest
        return found

    async def _write(
        self,
        visit: Visit,
        action: Action,
        request: Request,
        what: str = "",
        result: Result = Result.DONE,
    ) -> None:
        why = f"{request.number} {what}".strip()
        await self.journal.write(visit, action, result, request.member_id, why)
