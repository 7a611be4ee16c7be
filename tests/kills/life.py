"""A member's life at the phone: enters, reads, pages, prints, leaves, and keeps count.

Every act is counted as the database must show it. After each act the member looks at the
screen: another one than expected is an `Unexpected`.
"""

import asyncio
import random
import re
from collections import Counter
from dataclasses import dataclass, field

from bot.sandbox.sandbox import Sandbox
from handlers.kit.texts import plain
from tests.journeys.member import MemberPhone
from tests.kills.people import FIRST_KEY, Person

PIN = "4917"
CODE = re.compile(r"entrar es: (\d{6})\b")
LETTER_SECONDS = 4.0
PAPER_SECONDS = 3.0


class Unexpected(AssertionError):
    """The chat does not show what it should."""


@dataclass(slots=True)
class Life:
    sandbox: Sandbox
    person: Person
    random: random.Random
    counts: Counter[str] = field(default_factory=Counter)
    sent: list[int] = field(default_factory=list)
    has_pin: bool = False

    @property
    def member(self) -> MemberPhone:
        phone = self.sandbox.phone(self.person.telegram_id, "Socia")
        return MemberPhone(None, phone)  # type: ignore[arg-type]

    @property
    def screen(self) -> str:
        """The newest message with buttons: a paper may have come below it a moment ago."""
        newest_first = reversed(self.member.phone.messages)
        return next((m.get("text", "") for m in newest_first if "reply_markup" in m), "")

    async def visit(self) -> None:
        """One session, from the door to the door."""
        await self.enter()
        for _ in range(self.random.randint(2, 5)):
            await self.random.choice((self.read, self.page, self.ask, self.print))()
        await self.leave()

    async def enter(self) -> None:
        await self.say("/start", "Para entrar necesita")
        await self.tap("Entrar")
        if "autoriza" in self.screen:
            await self.tap("Sí, autorizo", "¿Qué documento")
            self.counts["consent"] += 1
        await self.tap("Cédula de ciudadanía", "número")
        await self.say(self.person.document, "PIN")
        self.counts["document"] += 1
        await self._type(PIN if self.has_pin else FIRST_KEY, "Entrar", "Toque el dibujo")
        self.counts["pin"] += 1
        letters = self._letters()
        await self._pass_robot()
        await self._prove(letters)
        if not self.has_pin:
            await self._type(PIN, "Seguir", "Repita su PIN")
            await self._type(PIN, "Seguir", "Hola")
            self.has_pin = True
        self.counts["entry"] += 1

    async def read(self) -> None:
        """The statement."""
        await self.tap("Mi estado de cuenta", self.person.savings)
        await self.tap("Menú", "Hola")

    async def page(self) -> None:
        """The movements, there and back."""
        await self.tap("Mi estado de cuenta", self.person.savings)
        await self.tap("Ahorros", self.person.savings)
        await self.tap("1. ", self.person.savings)
        await self.tap("Ver movimientos", "Consignación 0")
        await self.tap("Más antiguos", "Consignación 1")
        await self.tap("Más recientes", "Consignación 0")
        await self.tap("Menú", "Hola")

    async def ask(self) -> None:
        """In one's own words: the answer is a new message."""
        await self.say("mi estado de cuenta", self.person.savings)
        await self.tap("Menú", "Hola")

    async def print(self) -> None:
        """A paper; half of the times the member waits for it."""
        await self.tap("Imprimir", "Imprimir estado de cuenta")
        await self.tap("Todo el año", "Imprimir estado de cuenta")
        self.counts["paper"] += 1
        if self.random.random() < 0.5:
            await self._wait_for_papers()
        await self.say("/menu", "Hola")

    async def leave(self) -> None:
        await self._wait_for_papers()
        await self.say("/salir", "Para entrar necesita")
        self.counts["left"] += 1

    async def say(self, text: str, expected: str = "") -> None:
        await self._settled(await self.member.phone.say(text, settle=False))
        self._expect(text, expected)

    async def tap(self, label: str, expected: str = "") -> None:
        """Again, when the bot says that the screen was replaced in that very moment."""
        stale = plain("kernel.stale")
        for _ in range(3):
            toasts = len(self.member.phone.toasts)
            whole = next((each for each in self.member.labels if label in each), label)
            await self._settled(await self.member.phone.tap(whole, settle=False))
            if stale not in [toast.text for toast in self.member.phone.toasts[toasts:]]:
                break
        self._expect(label, expected)

    def left_over(self) -> list[str]:
        """What is in the chat of what should have gone with the session."""
        phone = self.member.phone
        texts = [message.get("text", "") for message in phone.messages if not message["out"]]
        return [text for text in texts if "$" in text] + [d.name for d in phone.documents]

    async def _type(self, pin: str, submit: str, expected: str) -> None:
        """On the keypad, in a hurry: the next key without waiting for the last."""
        for digit in pin:
            self._remember(await self.member.phone.tap(digit, settle=False))
            await asyncio.sleep(self.random.uniform(0, 0.05))
        await self.tap(submit, expected)

    async def _pass_robot(self) -> None:
        await self.tap(self.member.picture, "Revise su correo")
        self.counts["letter"] += 1

    async def _prove(self, letters: int) -> None:
        """Type the code; sometimes a wrong one first; ask for another when none comes."""
        if self.random.random() < 0.3:
            await self._type_code("000000")
        while "Revise su correo" in self.screen:
            try:
                await self.sandbox.mailbox.wait_for(
                    self.person.email, letters + 1, within=LETTER_SECONDS
                )
            except TimeoutError:
                await self.tap("¿No le llega", "Espere dos minutos")
                await self.tap("Enviar otro código", "Revise su correo")
                self.counts["letter"] += 1
                continue
            letters = self._letters()
            code = CODE.search(self.sandbox.mailbox.for_(self.person.email)[-1].text)
            assert code
            await self._type_code(code[1])

    async def _type_code(self, code: str) -> None:
        await self.say(code)
        self.counts["code"] += 1

    async def _wait_for_papers(self) -> None:
        try:
            async with asyncio.timeout(PAPER_SECONDS):
                while not self.member.phone.documents:
                    await self.sandbox.telegram.hub.changed.wait()
        except TimeoutError:
            return

    def _letters(self) -> int:
        return len(self.sandbox.mailbox.for_(self.person.email))

    def _remember(self, update: dict[str, int]) -> None:
        self.sent.append(update["update_id"])

    async def _settled(self, update: dict[str, int]) -> None:
        """Until the bot confirms it, killed as often as it may be."""
        self._remember(update)
        waiting = self.sandbox.telegram.updates.waiting()
        entry = next(each for each in waiting if each.update is update)
        await self.member.phone.settling.wait(entry)

    def _expect(self, act: str, expected: str) -> None:
        if expected not in self.screen or not self.member.labels:
            raise Unexpected(f"after {act!r}: no {expected!r} in {self.screen!r}")
