"""Broadcasts in words: whom they are for, how they stand, and as members see them."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from domain.broadcasts.audience import Reach
from domain.broadcasts.broadcast import Broadcast, Progress, Stage
from domain.broadcasts.draft import Draft
from domain.broadcasts.reading import Shown
from domain.notifications.messages import Content, Message
from domain.notifications.segments import Segment
from handlers.broadcasts.taps import Try
from handlers.kit.screen import Button, Phrase, Screen
from handlers.kit.texts import plain, plural
from handlers.notifications.wording import Mute, Told, screen

# What stands where the reference of a member's own copy will.
REFERENCE = "2AB3C"
BLOCKS = 10
NAMED = 4
LATE = ((1, 30), (31, 60), (61, 90), (91, 3650), (0, 0))
ENTRY: Mapping[str, tuple[int | None, int | None]] = {
    "within_30": (30, None),
    "within_90": (90, None),
    "away_30": (None, 30),
    "away_90": (None, 90),
    "away_180": (None, 180),
}
_COUNTS = ("chat", "mail", "doubtful", "failed", "skipped", "cancelled", "waiting")
_MINUTE = timedelta(minutes=1)


def as_members_see(message: Message) -> Screen:
    """By the code that writes it for members; its buttons say what the real ones do."""
    content = Content(message.html, message.buttons)
    shown = screen(Told(0, message.category, content, REFERENCE))
    return replace(shown, rows=tuple(tuple(map(_tried, row)) for row in shown.rows))


def _tried(button: Button) -> Button:
    return replace(button, tap=Try("mute" if isinstance(button.tap, Mute) else "open"))


def audience_of(draft: Draft) -> tuple[Phrase, ...]:
    """Whom a draft is for, a line for each condition; none when that is not said yet."""
    if draft.everybody:
        return (Phrase("broadcasts.is.everybody"),)
    return conditions(draft.segment)


def conditions(segment: Segment) -> tuple[Phrase, ...]:
    """A segment's conditions."""
    lines = []
    if segment.products:
        names = ", ".join(sorted(plain(f"broadcasts.product.{p}") for p in segment.products))
        lines.append(Phrase("broadcasts.is.products", {"names": names}))
    if segment.past_due:
        lines.append(Phrase(late_key(segment.past_due)))
    if segment.municipalities:
        lines.append(Phrase("broadcasts.is.towns", {"names": towns(segment.municipalities)}))
    for name, days in ENTRY.items():
        if days == (segment.entered_within, segment.away_for):
            lines.append(Phrase(f"broadcasts.entry.{name}"))
    return tuple(lines)


def summary(segment: Segment) -> str:
    """The same in one line, of a broadcast that was asked for."""
    lines = conditions(segment) or (Phrase("broadcasts.is.everybody"),)
    return "; ".join(plain(line.key, line.params) for line in lines)


def late_key(days: tuple[int, int]) -> str:
    """The words of that many days past due."""
    return f"broadcasts.late.{days[0]}_{days[1]}"


def towns(names: frozenset[str]) -> str:
    """Some of the names, and how many more."""
    ordered = sorted(names)
    listed, more = ", ".join(ordered[:NAMED]), len(ordered) - NAMED
    return (
        plain("broadcasts.audience.other_towns", {"names": listed, "count": more})
        if (more > 0)
        else listed
    )


def reach_of(reach: Reach | None) -> Phrase:
    """The count of members, live."""
    if reach is None:
        return Phrase("broadcasts.audience.hint")
    counts = {name: getattr(reach, name) for name in ("chat", "mail", "refused", "unreachable")}
    return Phrase("broadcasts.reach.text", {"total": reach.total, **counts})


def when(due: datetime, now: datetime) -> Phrase:
    """When it would begin to be sent."""
    if due <= now:
        return Phrase("broadcasts.when.now")
    return Phrase("broadcasts.when.later", {"at": due})


def state_of(shown: Shown) -> Phrase:
    """How a broadcast stands, in one line."""
    found, progress = shown.broadcast, shown.progress
    params: dict[str, object] = {"by": found.decider or "", "at": found.decided_at}
    if progress is not None:
        settled = {"settled": progress.settled, "sent": progress.sent}
        params |= settled | {"total": progress.total}
    return Phrase(f"broadcasts.stage.{found.stage}", params)


def progress_of(found: Broadcast, progress: Progress, now: datetime) -> Phrase:
    """The bar, the counts that are not nothing, and how long it still takes."""
    full = progress.percent * BLOCKS // 100
    counts = [
        Phrase(f"broadcasts.counts.{name}", {"count": getattr(progress, name)})
        for name in _COUNTS
        if getattr(progress, name)
    ]
    running = found.stage is Stage.RUNNING and progress.waiting
    params = {
        "bar": "▓" * full + "░" * (BLOCKS - full),
        "percent": progress.percent,
        "lines": (*counts, *((_pace(progress, now),) if running else ())),
    }
    return Phrase("broadcasts.progress", params)


def _pace(progress: Progress, now: datetime) -> Phrase:
    if progress.next_at is not None:
        return Phrase("broadcasts.pace.opening", {"at": progress.next_at})
    left = progress.left(now)
    if left is None:
        return Phrase("broadcasts.pace.measuring")
    minutes = round(left / _MINUTE)
    if left < _MINUTE:
        return Phrase("broadcasts.pace.soon")
    return Phrase(plural("broadcasts.pace.minutes", minutes), {"count": minutes})
