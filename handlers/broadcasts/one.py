"""One broadcast: decided on by another, watched, halted, and its result."""

from dataclasses import dataclass, replace

from domain.broadcasts.broadcast import UNDER_WAY, Stage
from domain.broadcasts.broadcast import OwnBroadcast as Own
from domain.broadcasts.launching import DecideBroadcast, SteerBroadcast
from domain.broadcasts.reading import ReadBroadcasts, Shown
from domain.conversation import Visit
from domain.staff.conduct import Beaten
from domain.staff.duties import Duty
from handlers.broadcasts.home import HOME
from handlers.broadcasts.papers import chart, table
from handlers.broadcasts.preview import SAMPLE, file_row
from handlers.broadcasts.taps import Do
from handlers.broadcasts.wording import as_members_see, progress_of, state_of, summary
from handlers.kit.flow import Data, Delivery, Flow, Go, Input, Outcome, Step
from handlers.kit.membership import employee_of
from handlers.kit.navigation import footer
from handlers.kit.screen import Attachment, Button, Phrase, Rehearsal, Rows, Screen
from handlers.staff.guard import staff_flow, steer

ACTS = ("confirm", "refuse", "pause", "resume", "cancel")
PAPERS = ("chart", "csv")


@dataclass(frozen=True, slots=True)
class BroadcastFlow:
    """Begun with `broadcast` in its data; `asking`: whether to cancel it."""

    visit: Visit
    reading: ReadBroadcasts
    deciding: DecideBroadcast
    steering: SteerBroadcast

    def flow(self) -> Flow:
        steps = {
            "one": Step(self.show, self.answer),
            "message": Step(self.show_message, self.answer_message),
        }
        flow = staff_flow("staff_broadcast", Duty.BROADCASTS, "one", steps)
        return replace(
            flow, deliveries={"sample": self.sample, "chart": self.chart, "csv": self.csv}
        )

    async def show(self, data: Data) -> Screen:
        """Who wrote what to whom, how far it is, and what may be done by now."""
        shown = await self._shown(data)
        found, stage = shown.broadcast, shown.broadcast.stage
        if data.get("asking") and stage in UNDER_WAY:
            return _question(shown)
        state: tuple[Phrase, ...] = (state_of(shown),)
        if shown.progress is not None:
            state = (*state, progress_of(found, shown.progress, self.visit.now))
        params = {
            "title": found.title,
            "author": found.author,
            "at": found.asked_at,
            "category": Phrase(f"broadcasts.category.name.{found.message.category}"),
            "audience": summary(found.segment),
            "count": found.audience,
            "state": state,
        }
        return Screen("broadcasts.one", params, (*_rows(stage, self._is_own(shown)), *footer()))

    async def answer(self, data: Data, given: Input) -> Outcome:
        """The message, a halt, the result."""
        here = {"broadcast": data["broadcast"]}
        match given:
            case Do("look"):
                return Go("message", here)
            case Do("ask_cancel"):
                return Go("one", {**here, "asking": True})
            case Do("fresh" | "keep"):
                return Go("one", here)
            case Do(act) if act in ACTS:
                return await self._act(here, act)
            case Do(paper) if paper in PAPERS:
                making = Phrase("broadcasts.done.making")
                return Go("one", here, making, Delivery(paper, here))
        return steer(given, "one", data, Go("one", here) if data.get("asking") else HOME)

    async def show_message(self, data: Data) -> Screen:
        """Nothing but the message itself; who may decide does it below."""
        shown = await self._shown(data)
        found = shown.broadcast
        message = as_members_see(found.message)
        file = await self.reading.sample(self.visit, found.message.attachment)
        test = (Button("broadcasts.act.test", Do("test")),)
        rows = (*message.rows, *file_row(file.name if file else None), test)
        decide = self._decisions(shown) if found.stage is Stage.WAITING else ()
        return Screen(message.text, message.params, (*rows, *decide, *footer()))

    async def answer_message(self, data: Data, given: Input) -> Outcome:
        """A sample of it, or the decision."""
        match given:
            case Do("test"):
                return Go("message", data, deliver=replace(SAMPLE, params=data))
            case Do(act) if act in ("confirm", "refuse"):
                return await self._act(data, act)
        return steer(given, "message", data, Go("one", data))

    async def sample(self, params: Data) -> Rehearsal:
        """The message to the employee's own chat, as members get it."""
        message = (await self._shown(params)).broadcast.message
        file = await self.reading.sample(self.visit, message.attachment)
        return Rehearsal(as_members_see(message), file)

    async def chart(self, params: Data) -> Attachment | None:
        """The result as a picture."""
        return chart(await self._shown(params))

    async def csv(self, params: Data) -> Attachment | None:
        """What became of each member's copy."""
        fates = await self.reading.fates(self.visit, params["broadcast"])
        return table((await self._shown(params)).broadcast, fates)

    async def _act(self, data: Data, act: str) -> Outcome:
        acts = {
            "confirm": self.deciding.confirm,
            "refuse": self.deciding.refuse,
            "pause": self.steering.pause,
            "resume": self.steering.resume,
            "cancel": self.steering.cancel,
        }
        try:
            await acts[act](self.visit, data["broadcast"])
        except Own:
            return Go("one", data, Phrase("broadcasts.own"))
        except Beaten:
            return Go("one", data, Phrase("broadcasts.beaten"))
        return Go("one", data, Phrase(f"broadcasts.done.{act}"), once=True)

    async def _shown(self, data: Data) -> Shown:
        return await self.reading.one(self.visit, data["broadcast"])

    def _decisions(self, shown: Shown) -> Rows:
        if self._is_own(shown):
            return ((Button("broadcasts.act.withdraw", Do("refuse")),),)
        count = {"count": shown.broadcast.audience}
        confirm = Button("broadcasts.act.confirm", Do("confirm"), count)
        return ((confirm,), (Button("broadcasts.act.refuse", Do("refuse")),))

    def _is_own(self, shown: Shown) -> bool:
        return shown.broadcast.author_id == employee_of(self.visit).id


def _rows(stage: Stage, own: bool) -> Rows:
    if stage is Stage.WAITING:
        return (_one("own" if own else "judge", "look"),)
    look = _one("look", "look")
    if stage not in UNDER_WAY:
        over = stage in (Stage.DONE, Stage.CANCELLED)
        return (*(_one(paper, paper) for paper in PAPERS if over), look)
    halt = "resume" if stage is Stage.PAUSED else "pause"
    return ((*_one(halt, halt), *_one("cancel", "ask_cancel")), _one("fresh", "fresh"), look)


def _one(label: str, act: str) -> tuple[Button, ...]:
    return (Button(f"broadcasts.act.{label}", Do(act)),)


def _question(shown: Shown) -> Screen:
    params = {"title": shown.broadcast.title, "state": state_of(shown)}
    rows = (_one("cancel_now", "cancel"), _one("keep", "keep"), *footer())
    return Screen("broadcasts.ask_cancel.text", params, rows)
