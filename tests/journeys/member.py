"""A member at the phone: enters, types PINs on the keypad, reads e-mails."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

from bot.courier import Courier
from bot.sandbox.json_types import Json
from bot.sandbox.mail import Mail
from bot.sandbox.phone import Phone
from bot.sandbox.sandbox import Sandbox
from domain.cooperative import Cooperative
from handlers.kit import texts
from storage.database import Database
from tests.journeys.replicas import Replica
from tests.offices import HandClock
from tests.statement_rows import DOCUMENT

CODE = re.compile(r"\bes: (\d{6})\b")
FIRST_KEY = "19580412"
PIN = "4917"


@dataclass(frozen=True, slots=True)
class World:
    sandbox: Sandbox
    replicas: Sequence[Replica]
    clock: HandClock
    database: Database
    cooperative: Cooperative

    def member(self, telegram_id: int) -> "MemberPhone":
        return MemberPhone(self, self.sandbox.phone(telegram_id, "Ana"))

    async def post(self) -> None:
        """Send the e-mails that are due."""
        while await self.replicas[0].postman.run_once():
            pass

    async def deliver(self) -> None:
        """Send what is in the outbox."""
        office = self.replicas[1].office
        while await Courier(office.desk, office.workshop).deliver_next():
            pass

    def mails(self, address: str = "m1@correo.example") -> list[Mail]:
        return self.sandbox.mailbox.for_(address)


@dataclass(frozen=True, slots=True)
class MemberPhone:
    world: World
    phone: Phone

    @property
    def screen(self) -> str:
        return self.phone.screen

    @property
    def labels(self) -> list[str]:
        return list(chain.from_iterable(self.phone.buttons))

    async def say(self, text: str) -> None:
        await self.phone.say(text)

    async def tap(self, start: str) -> None:
        """Tap the newest button whose label contains the words, wherever it lies."""
        newest = [*self.labels, *self._every_label]
        label = next((label for label in newest if start in label), start)
        await self.phone.tap(label)

    async def restart(self) -> None:
        """Back to the beginning, from wherever a flow ended."""
        done = any("Ir al comienzo" in label for label in self._every_label)
        await self.tap("Ir al comienzo" if done else "Empezar de nuevo")

    @property
    def _every_label(self) -> list[str]:
        """The labels under every message, newest first."""
        markups = [m.get("reply_markup", {}) for m in reversed(self.phone.messages)]
        rows = chain.from_iterable(m.get("inline_keyboard", []) for m in markups)
        return [button["text"] for row in rows for button in row]

    async def authorise(self) -> None:
        await self.say("/start")
        await self.tap("Entrar")
        if "autoriza" in self.screen:
            await self.tap("Sí, autorizo")

    async def give_document(self, number: str = DOCUMENT) -> None:
        await self.tap("Cédula de ciudadanía")
        await self.say(number)

    async def press(self, pin: str, submit: str = "Entrar") -> None:
        for digit in pin:
            await self.phone.tap(digit)
        await self.tap(submit)

    @property
    def picture(self) -> str:
        """The picture that the screen names."""
        asked = re.search(r"Toque el dibujo (.+)\.", self.screen)
        assert asked, self.screen
        pictures = [key for key in texts.catalog() if key.startswith("entry.picture.")]
        named = next(
            key.removesuffix(".name")
            for key in pictures
            if key.endswith(".name") and texts.plain(key) == asked[1]
        )
        return texts.plain(f"{named}.face")

    async def pass_robot(self) -> None:
        await self.phone.tap(self.picture)

    async def up_to_code(self, key: str, document: str = DOCUMENT) -> None:
        await self.authorise()
        await self.give_document(document)
        await self.press(key)
        await self.pass_robot()
        await self.world.post()

    def code(self, address: str = "m1@correo.example") -> str:
        """The newest code among the e-mails, other letters apart."""
        found = [CODE.search(mail.text) for mail in self.world.mails(address)]
        return [match[1] for match in found if match][-1]

    async def choose_pin(self, pin: str = PIN) -> None:
        await self.press(pin, "Seguir")
        await self.press(pin, "Seguir")

    async def inside(self) -> None:
        """In front of the menu, after a first entry; a minute passes."""
        await self.first_entry()
        self.world.clock.forward(minutes=1)

    async def leave(self) -> None:
        """Out, and past the pause between two sessions."""
        await self.say("/salir")
        self.world.clock.forward(minutes=1)

    async def prove(self, address: str = "m1@correo.example") -> None:
        """Give the fresh code that a step within the session asks for."""
        await self.world.post()
        await self.say(self.code(address))

    def notes(self, words: str) -> list[Json]:
        """The messages in this chat that hold the words."""
        return [m for m in self.phone.messages if words in m.get("text", "") and not m["out"]]

    async def first_entry(self) -> None:
        await self.up_to_code(FIRST_KEY)
        await self.say(self.code())
        await self.choose_pin()

    async def enter(self, pin: str = PIN) -> None:
        await self.up_to_code(pin)
        await self.say(self.code())
