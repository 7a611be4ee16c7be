"""What a notification says, and when it may be said."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import IntEnum

from domain.notifications.buttons import Opener
from domain.notifications.categories import Category


class Priority(IntEnum):
    """URGENT overtakes what waits for the same member; LOW goes last."""

    URGENT = 0
    NORMAL = 1
    LOW = 2


@dataclass(frozen=True, slots=True)
class Request:
    """What a program asks to be told, as it was sent: nothing of it is checked yet.

    `buttons`: pairs of what each opens and its label. `attachment`: the number of a file.
    """

    template: str | None = None
    params: Mapping[str, object] = field(default_factory=dict)
    text: str | None = None
    category: Category | None = None
    buttons: tuple[tuple[str, str], ...] = ()
    attachment: int | None = None
    not_before: datetime | None = None
    expires_at: datetime | None = None
    priority: Priority = Priority.NORMAL
    silent: bool | None = None


@dataclass(frozen=True, slots=True)
class Message:
    """A checked text with all that goes with it. `html` is as Telegram takes it.

    `silent`: without a sound even if the member chose one; never with one that they did not want.
    """

    category: Category
    html: str
    buttons: tuple[Opener, ...] = ()
    template: str | None = None
    attachment: int | None = None
    not_before: datetime | None = None
    expires_at: datetime | None = None
    priority: Priority = Priority.NORMAL
    silent: bool | None = None


@dataclass(frozen=True, slots=True)
class Content:
    """What is shown of a message: HTML and buttons."""

    html: str
    buttons: tuple[Opener, ...] = ()
