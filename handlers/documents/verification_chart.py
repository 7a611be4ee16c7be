"""The weekly picture of requests: received, decided, time to decision."""

from collections.abc import Sequence

from domain.profile.weeks import Week
from handlers.documents.picture import HAS, OWES, Picture
from handlers.kit.format import day
from handlers.kit.texts import plain

KEY = "documents.verification"
_SLIVER = 0.006


def verification_chart(weeks: Sequence[Week]) -> bytes:
    """A PNG, 1200 px wide: a pair of bars for each week, the newest first."""
    picture = Picture()
    picture.title(_title(weeks), plain(f"{KEY}.below"))
    widest = max((n for w in weeks for n in (w.received, w.decided)), default=0) or 1
    for week in weeks:
        name = plain(f"{KEY}.week", {"since": day(week.since, "short")})
        picture.line(name, _time(week), bold=True)
        for key, count, color in (
            ("received", week.received, HAS),
            ("decided", week.decided, OWES),
        ):
            picture.line(plain(f"{KEY}.{key}"), str(count))
            picture.bar([(max(count / widest, _SLIVER), color)] if count else [])
        picture.gap()
    return picture.png()


def _title(weeks: Sequence[Week]) -> str:
    newest = weeks[0] if weeks else None
    if newest is None or not newest.received + newest.decided:
        return plain(f"{KEY}.nothing")
    counts = {"received": newest.received, "decided": newest.decided}
    return plain(f"{KEY}.title", counts)


def _time(week: Week) -> str:
    if week.median_hours is None:
        return plain(f"{KEY}.undecided")
    if week.median_hours < 1:
        return plain(f"{KEY}.at_once")
    return plain(f"{KEY}.hours", {"hours": f"{week.median_hours:.0f}"})
