"""The result of a broadcast: how many got it, by which way, and what became of the others."""

from domain.broadcasts.broadcast import Progress
from handlers.documents.picture import HAS, INSURES, OTHERS, OWES, Picture
from handlers.kit.texts import plain

KEY = "documents.broadcast"
_SLIVER = 0.006
_COLORS = {
    "chat": HAS,
    "mail": OTHERS,
    "doubtful": OWES,
    "failed": OWES,
    "skipped": INSURES,
    "cancelled": INSURES,
    "waiting": INSURES,
}


def broadcast_chart(progress: Progress, below: str) -> bytes:
    """A PNG, 1200 px wide: a bar for each outcome that there was, on one scale."""
    counts = {name: getattr(progress, name) for name in _COLORS}
    whole = max(progress.total, 1)
    picture = Picture()
    sent = {"sent": progress.sent, "total": progress.total}
    picture.title(plain(f"{KEY}.title", sent), below)
    for name, count in counts.items():
        if not count:
            continue
        share = f"{count} ({round(100 * count / whole)} %)"
        picture.line(plain(f"{KEY}.outcome.{name}"), share, bold=True)
        picture.bar([(max(count / whole, _SLIVER), _COLORS[name])])
        picture.gap()
    return picture.png()
