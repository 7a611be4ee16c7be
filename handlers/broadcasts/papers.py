"""The result of a broadcast as a picture and as a table."""

from collections.abc import Sequence

from domain.broadcasts.broadcast import Broadcast
from domain.broadcasts.reading import Fate, Shown
from handlers.kit.format import moment
from handlers.kit.screen import Attachment, Phrase
from handlers.kit.texts import plain

KEY = "documents.broadcast"


def chart(shown: Shown) -> Attachment | None:
    """How many got it, by which way, and why others did not."""
    found, progress = shown.broadcast, shown.progress
    if progress is None:
        return None
    below = plain(f"{KEY}.below", {"title": found.title, "at": moment(found.asked_at, "short")})
    return Attachment(
        "handlers.documents.broadcast_chart:broadcast_chart",
        (progress, below),
        plain(f"{KEY}.filename_chart"),
        Phrase(f"{KEY}.caption_chart", {"title": found.title}),
        picture=True,
    )


def table(found: Broadcast, fates: Sequence[Fate]) -> Attachment:
    """A line for each member."""
    return Attachment(
        "handlers.documents.broadcast_csv:broadcast_csv",
        (tuple(fates),),
        plain(f"{KEY}.filename_csv"),
        Phrase(f"{KEY}.caption_csv", {"title": found.title}),
    )
