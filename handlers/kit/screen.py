"""What the member sees, as plain data."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from domain.broadcasts.reading import Sample
from handlers.kit.callbacks import Callback

Params = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Phrase:
    """A text by key with its parameters; may itself be a parameter, alone or in a tuple (lines)."""

    key: str
    params: Params = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Button:
    label: str
    tap: Callback
    params: Params = field(default_factory=dict)


Rows = tuple[tuple[Button, ...], ...]


@dataclass(frozen=True, slots=True)
class Screen:
    """One message and its buttons; whatever a session showed leaves the chat with it.

    `share`: label of a key that shares the reader's own contact; the buttons are keys beside it.
    """

    text: str
    params: Params = field(default_factory=dict)
    rows: Rows = ()
    share: str | None = None


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file to make and send: `maker` ("package.module:function") turns `values` into bytes.

    It leaves the chat with the session. `picture`: sent as a photo instead of a document.
    `certificate`: the issued certificate that it is a copy of; the copy is remembered before it
    is sent.
    """

    maker: str
    values: tuple[object, ...]
    filename: str
    caption: Phrase
    picture: bool = False
    certificate: int | None = None


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """A message to members, sent to who is about to have it sent, just as members get it.

    It leaves the chat with the session.
    """

    screen: Screen
    file: Sample | None = None
