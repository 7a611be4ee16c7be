""" "I am not a robot": the named picture out of nine, each set good for one touch."""

from dataclasses import dataclass

from domain.access.request_code import RequestCode
from domain.access.shuffle import Shuffle, fresh_nonce
from domain.conversation import Visit
from handlers.entry.guard import halt
from handlers.entry.taps import CANCEL
from handlers.kit.callbacks import Callback
from handlers.kit.flow import Data, Go, Input, Outcome
from handlers.kit.screen import Button, Phrase, Rows, Screen

PICTURES = (
    *("cat", "dog", "horse", "cow", "rooster", "fish", "butterfly", "flower", "tree", "sun"),
    *("moon", "umbrella", "book", "bell", "key", "car", "apple", "banana"),
)
SHOWN, A_ROW = 9, 3
MISSES_ALLOWED = 3


@dataclass(frozen=True, slots=True)
class Touch(Callback):
    """A place on the board; `tag` names the board, so that an older one never counts."""

    prefix = "ert"
    tag: str
    place: int


def new_picture() -> Data:
    """A new board, none of it answered."""
    return {"board": fresh_nonce(), "misses": 0}


@dataclass(frozen=True, slots=True)
class RobotStep:
    visit: Visit
    codes: RequestCode
    shuffle: Shuffle

    async def show(self, data: Data) -> Screen:
        pictures, asked = self.board(data)
        tag = _tag(data)
        touches = [
            Button(f"entry.picture.{name}.face", Touch(tag, i)) for i, name in enumerate(pictures)
        ]
        rows: Rows = tuple(tuple(touches[i : i + A_ROW]) for i in range(0, SHOWN, A_ROW))
        name = Phrase(f"entry.picture.{pictures[asked]}.name")
        return Screen("entry.robot.text", {"picture": name}, rows + CANCEL)

    async def answer(self, data: Data, given: Input) -> Outcome:
        """The right picture has the code sent; a wrong one brings another board."""
        if not isinstance(given, Touch) or given.tag != _tag(data):
            return Go("robot", data)
        if given.place == self.board(data)[1]:
            return await self._send_code(data)
        misses = data["misses"] + 1
        if misses >= MISSES_ALLOWED:
            return halt("robot")
        again = data | new_picture() | {"misses": misses}
        return Go("robot", again, Phrase("entry.robot.again"))

    def board(self, data: Data) -> tuple[list[str], int]:
        """The pictures shown, and the place of the one asked for."""
        order = self.shuffle.order(f"pictures:{data['board']}", len(PICTURES))
        asked = self.shuffle.order(f"asked:{data['board']}", SHOWN)[0]
        return [PICTURES[i] for i in order[:SHOWN]], asked

    async def _send_code(self, data: Data) -> Outcome:
        sent = await self.codes.request(self.visit, data["attempt"])
        known = {key: value for key, value in data.items() if key not in new_picture()}
        return Go("code", known) if sent else halt("codes")


def _tag(data: Data) -> str:
    return str(data["board"])[:6]
