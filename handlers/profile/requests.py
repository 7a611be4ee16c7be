"""The member's own requests: where they stand, a question to answer, taking one back."""

from dataclasses import dataclass

from domain.conversation import Visit
from domain.profile.following import Following
from domain.profile.places import Places
from domain.profile.reading import tidy
from domain.profile.requests import Request, Requested, State
from domain.profile.verifying import LONGEST_WORDS
from handlers.kit.callbacks import Callback
from handlers.kit.flow import Access, Data, Flow, Go, Input, Leave, Outcome, Step
from handlers.kit.navigation import footer
from handlers.kit.screen import Button, Phrase, Screen
from handlers.profile.standing import reason_of, state_line
from handlers.understand import wander


@dataclass(frozen=True, slots=True)
class OpenRequest(Callback):
    prefix = "rqo"
    request: int


@dataclass(frozen=True, slots=True)
class Withdraw(Callback):
    """`sure`: 0 asks first."""

    prefix = "rqw"
    sure: int


@dataclass(frozen=True, slots=True)
class Reply(Callback):
    prefix = "rqr"


@dataclass(frozen=True, slots=True)
class RequestsFlow:
    """May be begun with `request` in its data: the one to open."""

    visit: Visit
    following: Following
    places: Places

    def flow(self) -> Flow:
        return Flow(
            "requests",
            version=1,
            first="list",
            steps={
                "list": Step(self.show, self.answer),
                "one": Step(self.show_one, self.answer_one),
                "withdraw": Step(self.show_withdraw, self.answer_withdraw),
                "reply": Step(self.show_reply, self.answer_reply, discreet=True),
            },
            access=Access.MEMBER,
        )

    async def show(self, data: Data) -> Screen:
        """All of them, or the one that a note opened."""
        opened = await self._one(data)
        if opened is not None:
            return _screen(opened)
        own = await self.following.own(self.visit)
        if not own:
            return Screen("requests.none", rows=footer())
        lines = tuple(_line(request) for request in own)
        rows = tuple(
            (Button("requests.open", OpenRequest(r.id), {"number": r.number}),) for r in own
        )
        return Screen("requests.list", {"lines": lines}, (*rows, *footer()))

    async def answer(self, data: Data, given: Input) -> Outcome:
        """One of them."""
        if data.get("request") is not None:
            return await self.answer_one(data, given)
        if isinstance(given, OpenRequest):
            return Go("one", {"request": given.request})
        return wander(given, Leave("profile")) or Go("list", data)

    async def show_one(self, data: Data) -> Screen:
        """Each section with its state and reason."""
        found = await self._one(data)
        return _screen(found) if found else Screen("requests.none", rows=footer())

    async def answer_one(self, data: Data, given: Input) -> Outcome:
        """Answer, take back, or the list."""
        match given:
            case Reply():
                return Go("reply", data)
            case Withdraw():
                return Go("withdraw", data)
        return wander(given, Go("list")) or Go("one", data)

    async def show_withdraw(self, data: Data) -> Screen:
        """Once more, before it is taken back."""
        found = await self._one(data)
        number = found.number if found else ""
        sure = (Button("requests.withdraw.sure", Withdraw(1)),)
        return Screen("requests.withdraw.text", {"number": number}, (sure, *footer()))

    async def answer_withdraw(self, data: Data, given: Input) -> Outcome:
        """Take it back, or leave it."""
        if isinstance(given, Withdraw) and given.sure:
            done = await self.following.withdraw(self.visit, data["request"])
            notice = Phrase("requests.withdraw.done" if done else "requests.withdraw.late")
            return Go("one", data, notice)
        return wander(given, Go("one", data)) or Go("withdraw", data)

    async def show_reply(self, data: Data) -> Screen:
        """The question again, to be answered by typing."""
        found = await self._one(data)
        question = found.unanswered if found else None
        text = question.text if question else ""
        return Screen("requests.reply.text", {"question": text}, footer())

    async def answer_reply(self, data: Data, given: Input) -> Outcome:
        """The typed answer goes into the same request."""
        if not isinstance(given, str):
            return wander(given, Go("one", data)) or Go("reply", data)
        words = tidy(given)
        if not words or len(words) > LONGEST_WORDS:
            return Go("reply", data, Phrase("requests.reply.long", {"longest": LONGEST_WORDS}))
        kept = await self.following.answer(self.visit, data["request"], words)
        return Go("one", data, Phrase("requests.reply.sent") if kept else None)

    async def _one(self, data: Data) -> Request | None:
        number = data.get("request")
        return None if number is None else await self.following.one(self.visit, number)


def _screen(request: Request) -> Screen:
    params = {
        "number": request.number,
        "filed_at": request.filed_at,
        "lines": tuple(line for part in request.sections for line in _part(part)),
        "question": _question(request),
    }
    rows: list[tuple[Button, ...]] = []
    if request.unanswered and request.pending:
        rows.append((Button("requests.reply.button", Reply()),))
    if request.pending:
        rows.append((Button("requests.withdraw.button", Withdraw(0)),))
    return Screen("requests.one", params, (*rows, *footer()))


def _part(part: Requested) -> tuple[Phrase, ...]:
    line = state_line(part)
    return (line, reason_of(part.reason)) if part.state is State.REJECTED else (line,)


def _line(request: Request) -> Phrase:
    state = "open" if request.pending else "closed"
    if request.pending and request.unanswered:
        state = "asked"
    params = {"number": request.number, "filed_at": request.filed_at}
    return Phrase(f"requests.state.{state}", params)


def _question(request: Request) -> Phrase:
    if not request.questions:
        return Phrase("requests.no_question")
    last = request.questions[-1]
    if last.answer is None:
        return Phrase("requests.asked", {"question": last.text})
    return Phrase("requests.answered", {"question": last.text, "answer": last.answer})
