"""Somebody who types and taps at a desk without Telegram, and sees when each answer departs."""

from collections.abc import Callable
from dataclasses import dataclass, field
from time import perf_counter
from typing import Any
from unittest.mock import AsyncMock, Mock

from telegram import Bot, Update

from bot.bell import Bell
from bot.broom import Broom
from bot.desk import Desk
from bot.metronome import Metronome
from bot.render import Renderer, pack
from bot.view import View
from domain.access.shuffle import Shuffle
from handlers.entry.robot import RobotStep
from handlers.kit.texts import html, plain
from tests.access.world import World

LIVE = 1


@dataclass(frozen=True, slots=True)
class Shutter(Renderer):
    """Takes a picture of what would go to Telegram, at the instant when it would."""

    taken: dict[int, tuple[View, float]] = field(default_factory=dict)

    async def show(self, view: View, query_id: str | None = None) -> int:
        self.taken[view.chat_id] = (view, perf_counter())
        return LIVE


def desk_of(world: World, metronome: Metronome) -> tuple[Desk, Shutter]:
    """The world's desk, and what sees its answers depart."""
    bot = Mock(Bot, delete_messages=AsyncMock(return_value=True))
    shutter, broom = Shutter(bot), Broom(world.database, bot, world.clock)
    parts = (world.database, world.repertoire, world.policies, world.clock)
    return Desk(*parts, shutter, broom, Bell(), metronome), shutter


@dataclass(slots=True)
class Caller:
    """`next_id` gives update ids."""

    desk: Desk
    shutter: Shutter
    shuffle: Shuffle
    telegram_id: int
    next_id: Callable[[], int]

    @property
    def view(self) -> View:
        return self.shutter.taken[self.telegram_id][0]

    async def say(self, text: str) -> float:
        """Seconds until the answer departed."""
        return await self._send(message=self._message(text))

    async def tap(self, label: str) -> float:
        """Seconds until the answer to the first button with that label departed."""
        every = [button for row in self.view.screen.rows for button in row]
        button = next(each for each in every if label in plain(each.label, each.params))
        data, message = pack(button.tap, self.view.run), self._message("")
        query = {"id": "q", "from": self._me, "message": message, "chat_instance": "1"}
        return await self._send(callback_query=query | {"data": data})

    async def picture(self) -> str:
        """The label of the picture that is asked for."""
        async with self.desk.turn(self.telegram_id, self.telegram_id) as turn:
            data = dict(turn.conversation.data)
        step = RobotStep(None, None, self.shuffle)  # type: ignore[arg-type]
        names, asked = step.board(data)
        return html(f"entry.picture.{names[asked]}.face")

    @property
    def _me(self) -> dict[str, Any]:
        return {"id": self.telegram_id, "is_bot": False, "first_name": "Ana"}

    def _message(self, text: str) -> dict[str, Any]:
        chat = {"id": self.telegram_id, "type": "private"}
        known = {"message_id": LIVE, "date": 0, "chat": chat, "from": self._me}
        return known | ({"text": text} if text else {})

    async def _send(self, **content: Any) -> float:
        raw = {"update_id": self.next_id(), **content}
        update = Update.de_json(raw, self.desk.broom.bot)
        begun = perf_counter()
        await self.desk.serve(update)
        return self.shutter.taken[self.telegram_id][1] - begun
