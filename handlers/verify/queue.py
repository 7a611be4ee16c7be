"""The queue: what is pending, the oldest first."""

from dataclasses import dataclass
from datetime import timedelta

from domain.conversation import Visit
from domain.profile.sections import SECTIONS
from domain.profile.verifying import InQueue, OwnRequest, Queue, Verifying
from handlers.kit.flow import Data, Delivery, Go, Input, Outcome
from handlers.kit.navigation import footer
from handlers.kit.screen import Button, Phrase, Rows, Screen
from handlers.kit.texts import plural
from handlers.profile.wording import name_of
from handlers.statement.paging import Turn, last_page, page_within, turning_row
from handlers.understand import wander
from handlers.verify.taps import Only, Open, Week

A_PAGE = 6
ALL = "all"


@dataclass(frozen=True, slots=True)
class QueueStep:
    visit: Visit
    verifying: Verifying

    async def show(self, data: Data) -> Screen:
        """Counts, the oldest age and a page of requests."""
        section, page = data.get("only", ""), data.get("page", 0)
        queue = await self.verifying.queue(self.visit, section, page, A_PAGE)
        params = {
            "summary": _summary(queue),
            "counts": tuple(_count(name, n) for name, n in queue.counts.items()),
            "lines": tuple(_line(entry) for entry in queue.shown),
        }
        last = last_page(range(queue.total), A_PAGE)
        turning = turning_row(page, page < last, "verify.queue")
        rows: Rows = (*_open_rows(queue), *turning, *_filters(queue, section), *footer())
        return Screen("verify.queue.text", params, rows)

    async def answer(self, data: Data, given: Input) -> Outcome:
        """A request, another page, one section only, or the weekly picture."""
        match given:
            case Open(request_id):
                return await self.open(request_id, data)
            case Turn(page):
                return Go("queue", data | {"page": page_within(page)})
            case Only(section):
                only = section if section in SECTIONS else ""
                return Go("queue", {"only": only})
            case Week():
                return Go("queue", data, Phrase("verify.week.drawing"), Delivery("week"))
        return wander(given) or Go("queue", data)

    async def open(self, request_id: int, data: Data) -> Outcome:
        """Claim a request and show it; one's own stays closed."""
        try:
            found = await self.verifying.open(self.visit, request_id)
        except OwnRequest:
            return Go("queue", data, Phrase("verify.own"))
        if found is None:
            return Go("queue", data, Phrase("verify.gone"))
        return Go("request", {"request": request_id})


def age(since: timedelta) -> Phrase:
    """How long ago, in the largest unit that fits."""
    minutes = int(since.total_seconds()) // 60
    for unit, size in (("days", 24 * 60), ("hours", 60)):
        if minutes >= size:
            count = minutes // size
            return Phrase(plural(f"verify.age.{unit}", count), {"count": count})
    return Phrase("verify.age.minutes", {"count": minutes})


def _summary(queue: Queue) -> Phrase:
    if queue.oldest is None:
        return Phrase("verify.queue.empty")
    count = {"count": queue.total, "age": age(queue.oldest)}
    return Phrase(plural("verify.queue.waiting", queue.total), count)


def _count(section: str, waiting: int) -> Phrase:
    return Phrase("verify.queue.count", {"section": name_of(section), "count": waiting})


def _line(entry: InQueue) -> Phrase:
    params = {
        "number": entry.number,
        "name": entry.name,
        "age": age(entry.age),
        "mark": Phrase("verify.queue.risky" if entry.risky else "verify.queue.calm"),
        "claim": Phrase("verify.queue.claimed", {"name": entry.claimer})
        if entry.claimer
        else Phrase("verify.queue.unclaimed"),
    }
    return Phrase("verify.queue.line", params)


def _open_rows(queue: Queue) -> Rows:
    return tuple(
        (Button("verify.queue.open", Open(e.id), {"number": e.number, "name": e.name}),)
        for e in queue.shown
    )


def _filters(queue: Queue, section: str) -> Rows:
    buttons = [
        Button(f"profile.section_name.{name}", Only(name))
        for name in queue.counts
        if name != section
    ]
    pairs = tuple(tuple(buttons[at : at + 2]) for at in range(0, len(buttons), 2))
    every = ((Button("verify.queue.all", Only(ALL)),),) if section else ()
    week = ((Button("verify.queue.week", Week()),),)
    return (*every, *(pairs if len(queue.counts) > 1 else ()), *week)
