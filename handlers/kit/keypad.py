"""A keypad with its digits in an order that only the holder of the key knows.

What is pressed is kept as places on the keypad, never as digits.
"""

from dataclasses import dataclass

from domain.access.shuffle import Shuffle, fresh_nonce
from handlers.kit.callbacks import Callback
from handlers.kit.flow import Data
from handlers.kit.screen import Button, Phrase, Rows

PLACES = "abcdefghij"
_TAG_LENGTH = 6
_ROWS = ("abc", "def", "ghi")


@dataclass(frozen=True, slots=True)
class Press(Callback):
    """A key; `tag` names the keypad it was on, so that an older one never counts."""

    prefix = "kpp"
    tag: str
    place: str


@dataclass(frozen=True, slots=True)
class Erase(Callback):
    prefix = "kpe"
    tag: str


@dataclass(frozen=True, slots=True)
class Submit(Callback):
    prefix = "kps"
    tag: str


@dataclass(frozen=True, slots=True)
class Cancel(Callback):
    prefix = "kpc"


def blank() -> Data:
    """A new keypad in a new order, nothing pressed."""
    return {"nonce": fresh_nonce(), "places": ""}


@dataclass(frozen=True, slots=True)
class Keypad:
    shuffle: Shuffle
    shortest: int
    longest: int
    submit: str = "keypad.submit"

    def rows(self, data: Data) -> Rows:
        """The ten digits, erase, submit and cancel."""
        tag, order = _tag(data), self.shuffle.order(data["nonce"], len(PLACES))
        digits = {place: order[i] for i, place in enumerate(PLACES)}

        def key(place: str) -> Button:
            return Button("keypad.digit", Press(tag, place), {"digit": digits[place]})

        last = (Button("keypad.erase", Erase(tag)), key("j"), Button(self.submit, Submit(tag)))
        cancel = (Button("keypad.cancel", Cancel()),)
        return (*(tuple(key(place) for place in row) for row in _ROWS), last, cancel)

    def dots(self, data: Data) -> str:
        """One dot for each key pressed."""
        return "● " * len(data["places"]) or "—"

    def pressed(self, data: Data, given: Press | Erase) -> Data:
        """The data after that key; a key of another keypad changes nothing."""
        places: str = data["places"]
        if given.tag != _tag(data):
            return data
        if isinstance(given, Erase):
            return data | {"places": places[:-1]}
        fits = len(places) < self.longest and given.place in tuple(PLACES)
        return data | {"places": places + given.place} if fits else data

    def complaint(self, data: Data) -> Phrase | None:
        """What is wrong with the number of keys, if anything."""
        if len(data["places"]) >= self.shortest:
            return None
        return Phrase("keypad.too_short", {"shortest": self.shortest})

    def digits(self, data: Data) -> str:
        """What was pressed, as digits: for the use case only, never kept."""
        order = self.shuffle.order(data["nonce"], len(PLACES))
        return "".join(str(order[PLACES.index(place)]) for place in data["places"])

    def is_submit(self, data: Data, given: object) -> bool:
        """Whether it is the submit key of this very keypad."""
        return isinstance(given, Submit) and given.tag == _tag(data)


def _tag(data: Data) -> str:
    return str(data["nonce"])[:_TAG_LENGTH]
