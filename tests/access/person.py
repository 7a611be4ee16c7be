"""Somebody with a phone, in front of the turns of a conversation."""

import html as markup
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from bot.incoming import Incoming, Tap
from bot.render import body, pack
from bot.turn import Turn
from bot.view import View
from bot.visits import visit_of
from domain.conversation import Session
from handlers.entry.robot import RobotStep
from handlers.kit.texts import html, plain
from storage.unit import unit_of_work

if TYPE_CHECKING:
    from tests.access.world import World

PIN = "4831"


@dataclass
class Person:
    """Somebody with a phone: types, taps what is on the screen, and remembers what was shown."""

    world: "World"
    telegram_id: int
    shown: list[str] = field(default_factory=list)
    view: View | None = None
    data: dict[str, Any] = field(default_factory=dict)
    session: Session | None = None
    even: list[bool] = field(default_factory=list)
    _updates: int = 0

    @property
    def screen(self) -> str:
        """The last screen as text, without markup."""
        assert self.view
        return markup.unescape(re.sub(r"<[^>]+>", "", body(self.view)))

    @property
    def buttons(self) -> list[str]:
        assert self.view
        return [plain(b.label, b.params) for row in self.view.screen.rows for b in row]

    def callback(self, label: str) -> str:
        """The callback data of the first button whose label holds that text."""
        assert self.view
        every = [b for row in self.view.screen.rows for b in row]
        found = [b for b in every if label in plain(b.label, b.params)]
        assert found, f"no {label!r} among {self.buttons}"
        return pack(found[0].tap, self.view.run)

    async def say(self, text: str) -> None:
        await self._turn(text=text)

    async def tap(self, label: str) -> None:
        await self.send(self.callback(label))

    async def send(self, callback_data: str) -> None:
        """Press a button as any client could, shown or not."""
        await self._turn(tap=Tap("q", callback_data))

    async def _turn(self, text: str | None = None, tap: Tap | None = None) -> None:
        self._updates += 1
        me = self.telegram_id
        incoming = Incoming(self._updates, me, me, True, self._updates, text, tap=tap)
        async with unit_of_work(self.world.database) as unit:
            conversation = await unit.conversations.hold(me)
            visit = visit_of(conversation, me, self.world.clock.now())
            world = self.world
            turn = Turn(world.repertoire, world.policies, unit, conversation, visit)
            await turn.play(incoming)
            self.view = await turn.view()
            if turn.farewell is None:
                await unit.conversations.save(conversation)
            else:
                await unit.conversations.forget(me)
        self.data, self.session = dict(conversation.data), conversation.session
        self.even.append(self.view.even)
        self.shown.append("\n".join([self.screen, *self.buttons]))

    async def authorise(self) -> None:
        await self.say("/start")
        await self.tap("Entrar")
        if "Sí, autorizo" in " ".join(self.buttons):
            await self.tap("Sí, autorizo")

    async def give_document(self, number: str) -> None:
        await self.authorise()
        await self.tap("Cédula de ciudadanía")
        await self.say(number)

    async def press(self, digits: str, submit: str = "Entrar") -> None:
        for digit in digits:
            await self.tap(digit)
        await self.tap(submit)

    async def be_human(self) -> None:
        """Touch the picture that is asked for."""
        await self.tap(self.picture())

    def picture(self, right: bool = True) -> str:
        step = RobotStep(None, None, self.world.shuffle)  # type: ignore[arg-type]
        names, asked = step.board(self.data)
        return html(f"entry.picture.{names[asked if right else asked - 1]}.face")

    async def ask_code(self, number: str, pin: str) -> None:
        """From the start to the screen that asks for the code."""
        await self.give_document(number)
        await self.press(pin)
        await self.be_human()

    async def enter(self, number: str, pin: str = PIN) -> str:
        """A whole entry; the code that served."""
        await self.ask_code(number, pin)
        await self.world.deliver()
        code = self.world.mailbox.codes[-1]
        await self.say(code)
        return code
