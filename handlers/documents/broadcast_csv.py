"""What became of each member's copy of a broadcast, as spreadsheets in Colombia read it."""

import csv
from collections.abc import Sequence
from io import StringIO

from domain.broadcasts.reading import Fate
from domain.clock import BOGOTA
from domain.notifications.outcomes import PENDING, State
from domain.notifications.sending import Channel
from handlers.documents.inert import inert
from handlers.kit.texts import plain

KEY = "documents.broadcast"
COLUMNS = ("number", "state", "why", "channel", "at")


def broadcast_csv(fates: Sequence[Fate]) -> bytes:
    """UTF-8 with a mark, so that Excel reads accents; nothing of a member but the number."""
    text = StringIO()
    writer = csv.writer(text, delimiter=";")
    writer.writerow(plain(f"{KEY}.column.{name}") for name in COLUMNS)
    writer.writerows([inert(cell) for cell in _cells(fate)] for fate in fates)
    return text.getvalue().encode("utf-8-sig")


def _cells(fate: Fate) -> list[str]:
    state = "pending" if fate.state in PENDING else fate.state
    sent = fate.state in (State.SENT, State.UNKNOWN) and fate.channel in set(Channel)
    return [
        fate.number,
        plain(f"{KEY}.state.{state}"),
        plain(f"{KEY}.reason.{fate.reason}") if fate.reason else "",
        plain(f"{KEY}.channel.{fate.channel}") if sent else "",
        f"{fate.at.astimezone(BOGOTA):%d/%m/%Y %H:%M:%S}" if fate.at else "",
    ]
