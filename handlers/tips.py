"""Security advice: all of it on one screen, and one piece of it now and then after leaving."""

from datetime import date

from handlers.kit.screen import Phrase

TIPS = (
    *("pin", "code", "mail", "phone", "links", "leave", "rush", "lend"),
    *("app", "data", "account", "robbed"),
)
EVERY_DAYS = 3


def tip_of(day: date) -> Phrase | None:
    """The tip of that day (Colombia); on two days of three there is none."""
    turn, rest = divmod(day.toordinal(), EVERY_DAYS)
    return None if rest else Phrase(f"security.tip.{TIPS[turn % len(TIPS)]}")
