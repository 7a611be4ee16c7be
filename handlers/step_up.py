"""A step that any flow may have: the member proves again that it is them, with a fresh code."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from domain.access.outcomes import WrongCode
from domain.access.step_up import NoAddress, Proven, Purpose, StepUp, TooManyCodes
from domain.access.totp import read_app_code
from domain.conversation import Visit
from domain.cooperative import Cooperative
from handlers.kit.callbacks import Callback
from handlers.kit.flow import Data, Go, Input, Outcome
from handlers.kit.navigation import footer
from handlers.kit.screen import Button, Phrase, Screen
from handlers.kit.texts import plural
from handlers.understand import wander


@dataclass(frozen=True, slots=True)
class SendCode(Callback):
    prefix = "sucs"


@dataclass(frozen=True, slots=True)
class StepUpStep:
    """`here`: the step's name in its flow. `onward`: what was asked for, once it is proven."""

    visit: Visit
    step_up: StepUp
    purpose: Purpose
    cooperative: Cooperative
    here: str
    back: Callable[[Data], Outcome]
    onward: Callable[[Data], Awaitable[Outcome]]

    async def begin(self, data: Data) -> Outcome:
        """Have a code sent and ask for it."""
        return Go(self.here, data, await self._send())

    async def show(self, data: Data) -> Screen:
        """Where the code went; who has no address is told what to do."""
        if await self._with_app():
            again = (Button("step_up.again_app", SendCode()),)
            return Screen("step_up.app", rows=(again, *footer()))
        email = await self.step_up.destination(self.visit)
        if email is None:
            who = self.cooperative
            contact = {"phone": who.phone, "hours": who.hours}
            return Screen("step_up.no_address", contact, footer())
        minutes = int(self.cooperative.policies.code_life.total_seconds() // 60)
        again = (Button("step_up.again", SendCode()),)
        params = {"email": email, "minutes": minutes}
        return Screen("step_up.text", params, (again, *footer()))

    async def answer(self, data: Data, given: Input) -> Outcome:
        """The code in digits, another code, or away."""
        if isinstance(given, SendCode):
            sent = await self._send() or await self._said("sent")
            return Go(self.here, data, sent, once=True)
        if isinstance(given, str) and any(map(str.isdigit, given)):
            return await self._judge(data, given)
        return wander(given, self.back(data)) or Go(self.here, data)

    async def _send(self) -> Phrase | None:
        """Why no code is on its way, unless the screen says so itself."""
        try:
            await self.step_up.ask(self.visit, self.purpose)
        except TooManyCodes:
            return Phrase("step_up.limit")
        except NoAddress:
            return None
        return None

    async def _judge(self, data: Data, typed: str) -> Outcome:
        code = read_app_code(typed)
        if code is None:
            return Go(self.here, data, await self._said("malformed"))
        match await self.step_up.check(self.visit, self.purpose, code):
            case Proven():
                return await self.onward(data)
            case WrongCode() as wrong:
                return Go(self.here, data, await self._wrong(wrong))

    async def _wrong(self, wrong: WrongCode) -> Phrase:
        left = wrong.tries_left
        if wrong.reused or wrong.exhausted:
            return Phrase("entry.code.reused" if wrong.reused else "step_up.exhausted")
        if not left:
            return await self._said("dead")
        return Phrase(plural("step_up.wrong", left), {"left": left})

    async def _with_app(self) -> bool:
        return await self.step_up.uses_app(self.visit)

    async def _said(self, what: str) -> Phrase:
        """The sentence for codes by e-mail, or for those of an app."""
        return Phrase(f"step_up.{what}{'_app' if await self._with_app() else ''}")
