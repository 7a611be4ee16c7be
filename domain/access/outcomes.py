"""How the steps of entering end."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from domain.conversation import Session


@dataclass(frozen=True, slots=True)
class GoOn:
    """To the next step; in an unbound chat also after a wrong PIN, which shows nothing."""


@dataclass(frozen=True, slots=True)
class Wait:
    """No PIN is judged before `until`, be it of a member or of nobody."""

    until: datetime


@dataclass(frozen=True, slots=True)
class WrongPin:
    """Only a chat bound to the member hears this."""

    tries_left: int


@dataclass(frozen=True, slots=True)
class PinLocked:
    """Too many wrong PINs; only a chat bound to the member hears this."""


Judgement = GoOn | Wait | WrongPin | PinLocked


class BarredBy(StrEnum):
    """RESET: a new PIN must be chosen first. COOLING: the new PIN does not serve yet."""

    INACTIVE = "inactive"
    BLOCKED = "blocked"
    RESET = "reset"
    COOLING = "cooling"


@dataclass(frozen=True, slots=True)
class WrongCode:
    """The one answer to whatever does not match; with no tries left the code is dead.

    Only a bound chat hears that a code of the app was `reused`, or that none is judged any more
    (`exhausted`).
    """

    tries_left: int
    reused: bool = False
    exhausted: bool = False


@dataclass(frozen=True, slots=True)
class ChoosePin:
    """Proven with the first key: it opens nothing but this."""


@dataclass(frozen=True, slots=True)
class Barred:
    """Proven, but may not enter; `until`: from when on they may."""

    by: BarredBy
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Entered:
    """`pin_is_old`: a reminder to change it is due."""

    session: Session
    pin_is_old: bool = False


Proof = WrongCode | ChoosePin | Barred | Entered
