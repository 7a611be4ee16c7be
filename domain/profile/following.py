"""A member follows their requests: withdraws one, answers a question."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from domain.access.inside import insider
from domain.access.journal import Action, Journal, Result
from domain.conversation import Visit
from domain.profile.papers import Papers
from domain.profile.requests import Request, Requests
from domain.profile.telling import Messenger

SHOWN = 8


class Answers(Protocol):
    async def answer(self, question_id: int, member_id: int, text: str, visit: Visit) -> bool:
        """Keep the answer to an unanswered question of the member's own request."""


@dataclass(frozen=True, slots=True)
class Following:
    requests: Requests
    answers: Answers
    papers: Papers
    messenger: Messenger
    journal: Journal

    async def own(self, visit: Visit) -> Sequence[Request]:
        """The member's newest requests."""
        return await self.requests.of_member(insider(visit).member_id, SHOWN)

    async def one(self, visit: Visit, request_id: int) -> Request | None:
        """The member's own request; None for another's."""
        found = await self.requests.find(request_id)
        return found if found and found.member_id == insider(visit).member_id else None

    async def withdraw(self, visit: Visit, request_id: int) -> bool:
        """Take back what is pending; False when it was decided meanwhile."""
        member_id = insider(visit).member_id
        if not await self.requests.withdraw(request_id, member_id, visit.now):
            return False
        await self.requests.close_if_done(request_id, visit.now)
        await self.papers.delete_after(request_id, visit.now)
        await self.journal.write(
            visit, Action.PROFILE_WITHDRAWN, Result.DONE, member_id, f"request {request_id}"
        )
        found = await self.requests.find(request_id)
        if found is not None:
            await self.messenger.changed(found, visit.now)
        return True

    async def answer(self, visit: Visit, request_id: int, text: str) -> bool:
        """Answer the question that waits; False when there is none any more."""
        request = await self.one(visit, request_id)
        question = request.unanswered if request else None
        if request is None or question is None:
            return False
        if not await self.answers.answer(question.id, request.member_id, text, visit):
            return False
        await self.messenger.answered(request, visit.now)
        await self.messenger.changed(request, visit.now)
        return True
