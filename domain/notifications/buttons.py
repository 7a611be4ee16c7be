"""Buttons under a notification: each opens a screen of the office."""

from dataclasses import dataclass
from enum import StrEnum

from domain.notifications.flaws import flawed
from domain.notifications.markup import cleaned

MOST = 3
LONGEST_LABEL = 30


class Opens(StrEnum):
    """What a button leads to; the member enters first where that is needed."""

    MENU = "menu"
    STATEMENT = "statement"
    CONTRIBUTIONS = "contributions"
    SAVINGS = "savings"
    CREDITS = "credits"
    MOVEMENTS = "movements"
    PRINT = "print"
    CERTIFICATES = "certificates"
    CREDIT_SIMULATION = "credit_simulation"
    CDAT_SIMULATION = "cdat_simulation"
    PROFILE = "profile"
    SECURITY = "security"
    NOTIFICATIONS = "notifications"
    HELP = "help"


@dataclass(frozen=True, slots=True)
class Opener:
    """A button; without a label of its own it has the usual one of what it opens."""

    opens: Opens
    label: str = ""


def read_openers(given: list[tuple[str, str]], field: str = "buttons") -> tuple[Opener, ...]:
    """Buttons from pairs of what they open and their label; Flawed when they are none."""
    if len(given) > MOST:
        raise flawed(field, "too_many", f"at most {MOST} buttons")
    return tuple(_opener(*each, f"{field}.{n}") for n, each in enumerate(given))


def _opener(opens: str, label: str, field: str) -> Opener:
    if opens not in set(Opens):
        known = ", ".join(Opens)
        raise flawed(f"{field}.opens", "unknown", f"no such screen; one of: {known}")
    words = " ".join(cleaned(label).split())
    if len(words) > LONGEST_LABEL:
        raise flawed(f"{field}.label", "too_long", f"at most {LONGEST_LABEL} characters")
    return Opener(Opens(opens), words)
