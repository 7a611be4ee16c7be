"""The flow of verifiers, put together from its parts."""

from dataclasses import dataclass

from domain.conversation import Visit
from domain.profile.papers import Media
from domain.profile.places import Places
from domain.profile.verifying import VERIFIERS, Verifying
from handlers.kit.flow import Access, Data, Flow, Input, Outcome, Step
from handlers.kit.screen import Attachment, Phrase, Screen
from handlers.kit.texts import plain
from handlers.verify.queue import QueueStep
from handlers.verify.request import RequestStep

_ENDINGS = {Media.JPEG: "jpg", Media.PNG: "png", Media.PDF: "pdf"}


@dataclass(frozen=True, slots=True)
class VerifyFlow:
    """May be begun with `request` in its data: the one that a note opened."""

    visit: Visit
    verifying: Verifying
    places: Places

    def flow(self) -> Flow:
        request = self._request
        return Flow(
            "verify",
            version=1,
            first="queue",
            steps={
                "queue": Step(self.show, self.answer),
                "request": Step(request.show, request.answer),
                "reason": Step(request.show_reason, request.answer_reason),
                "ask": Step(request.show_ask, request.answer_ask),
            },
            access=Access.STAFF,
            deliveries={"paper": self.paper, "week": self.week},
            roles=VERIFIERS,
        )

    async def show(self, data: Data) -> Screen:
        """The queue, or the request that a note opened."""
        step = self._request if data.get("request") is not None else self._queue
        return await step.show(data)

    async def answer(self, data: Data, given: Input) -> Outcome:
        step = self._request if data.get("request") is not None else self._queue
        return await step.answer(data, given)

    async def paper(self, params: Data) -> Attachment:
        """A paper as the member sent it; LookupError when it is gone."""
        number, paper_id = params["request"], params["paper"]
        found = await self.verifying.paper(self.visit, number, paper_id)
        if found is None:
            raise LookupError(f"no paper {paper_id}")
        described, content = found
        name = plain("verify.paper.filename", {"number": paper_id})
        what = Phrase(f"profile.proves.{described.proves}")
        return Attachment(
            "handlers.verify.paper:as_sent",
            (content,),
            f"{name}.{_ENDINGS[described.media]}",
            Phrase("verify.paper.caption", {"paper": what}),
            picture=False,
        )

    async def week(self, params: Data) -> Attachment:
        """The picture of the last weeks."""
        weeks = await self.verifying.weeks(self.visit)
        return Attachment(
            "handlers.documents.verification_chart:verification_chart",
            (weeks,),
            plain("verify.week.filename"),
            Phrase("verify.week.caption"),
            picture=True,
        )

    @property
    def _queue(self) -> QueueStep:
        return QueueStep(self.visit, self.verifying)

    @property
    def _request(self) -> RequestStep:
        return RequestStep(self.visit, self.verifying, self.places)
