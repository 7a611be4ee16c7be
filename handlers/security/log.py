"""What happened at the member's own door, newest first."""

from collections.abc import Sequence

from domain.access.journal import AccessRecord, Result
from handlers.kit.navigation import footer
from handlers.kit.screen import Phrase, Screen


def log_screen(records: Sequence[AccessRecord]) -> Screen:
    """A line for each: when, what, and whether it was refused."""
    lines = tuple(_line(record) for record in records)
    return Screen("security.log.text", {"lines": lines}, footer())


def _line(record: AccessRecord) -> Phrase:
    mark = "✅" if record.result is Result.DONE else "⛔"
    what = Phrase(f"security.log.{record.action}.{record.result}")
    return Phrase("security.log.line", {"mark": mark, "moment": record.at, "what": what})
