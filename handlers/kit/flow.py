"""A flow is a named set of steps; a step shows a screen and answers one input."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from domain.conversation import Session
from domain.staff.people import Role
from handlers.kit.callbacks import Callback
from handlers.kit.screen import Attachment, Phrase, Rehearsal, Screen

Data = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Contact:
    """A shared telephone number and whose Telegram account it is, as Telegram says."""

    telegram_id: int | None
    phone: str


@dataclass(frozen=True, slots=True)
class Upload:
    """A photo or file that was sent; `content` is None when it has more bytes than allowed."""

    name: str
    content: bytes | None = field(default=None, repr=False)


Input = Callback | str | Contact | Upload


class Access(Enum):
    """Who may be in a flow; the router checks it at every input."""

    ANYONE = "anyone"
    MEMBER = "member"
    STAFF = "staff"


@dataclass(frozen=True, slots=True)
class Delivery:
    """A named attachment of the current flow, sent after the commit; `params` are JSON values.

    `public`: it holds nothing of anybody, so that a flow for anyone may send it outside a session
    too, and there it stays in the chat.
    """

    name: str
    params: Data = field(default_factory=dict)
    public: bool = False


@dataclass(frozen=True, slots=True)
class Go:
    """On to a step of this flow (or the same one again) with this data.

    `tidy`: files that the session sent before leave the chat now. `once`: the buttons have served,
    and are new ones even where the step stays the same.
    """

    step: str
    data: Data = field(default_factory=dict)
    notice: Phrase | None = None
    deliver: Delivery | None = None
    tidy: bool = False
    once: bool = False


@dataclass(frozen=True, slots=True)
class Leave:
    """Over to another flow, at its first step."""

    flow: str
    data: Data = field(default_factory=dict)
    notice: Phrase | None = None


@dataclass(frozen=True, slots=True)
class SignIn:
    """The member has entered: the session begins and the menu opens."""

    session: Session
    notice: Phrase | None = None


@dataclass(frozen=True, slots=True)
class SignOut:
    """The session ends and what it showed is deleted; `then`, or else the welcome, follows."""

    notice: Phrase | None = None
    then: Leave | None = None


@dataclass(frozen=True, slots=True)
class Forget:
    """The chat leaves no data behind; `farewell` is its last screen."""

    farewell: Screen


Outcome = Go | Leave | SignIn | SignOut | Forget


@dataclass(frozen=True, slots=True)
class Step:
    """`discreet`: what is typed here is secret, so the message is deleted.

    `contact`: a shared contact is an answer; elsewhere it is answered like a photo.
    `upload`: how many bytes a photo or file may have to be an answer; 0: none is.
    `formatted`: bold and the like that were set while typing come as HTML tags.
    `even`: the kinds of input whose answer leaves on a beat, because how long it took might tell
    what only the member may know.
    """

    show: Callable[[Data], Awaitable[Screen]]
    answer: Callable[[Data, Input], Awaitable[Outcome]]
    discreet: bool = False
    contact: bool = False
    upload: int = 0
    formatted: bool = False
    even: tuple[type[Input], ...] = ()


# What a delivery is made of; None when there is no more use for it.
Making = Callable[[Data], Awaitable[Attachment | Rehearsal | None]]


@dataclass(frozen=True, slots=True)
class Flow:
    """Steps by name; a higher `version` sends chats left in the old one to the beginning.

    `roles`: which employees may enter a flow for STAFF.
    """

    name: str
    version: int
    first: str
    steps: Mapping[str, Step]
    access: Access = Access.ANYONE
    deliveries: Mapping[str, Making] = field(default_factory=dict)
    roles: frozenset[Role] = frozenset(Role)

    def __post_init__(self) -> None:
        if self.first not in self.steps:
            raise ValueError(f"flow {self.name!r} has no step {self.first!r}")
