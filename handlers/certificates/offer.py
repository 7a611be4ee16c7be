"""What the certificate would say, and how to receive it."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from domain.access.step_up import Purpose, StepUp
from domain.certificates.facts import Facts, Refusal, refusal
from domain.certificates.issue import IssueCertificate, NotIssued
from domain.conversation import Visit
from handlers.certificates.asking import Asked, ChooseKind, asked_in, kind_button, kind_named
from handlers.certificates.wording import INSTEAD, description, refused
from handlers.kit.callbacks import Callback
from handlers.kit.flow import Data, Go, Input, Outcome
from handlers.kit.navigation import footer
from handlers.kit.screen import Button, Rows, Screen
from handlers.understand import wander

Continue = Callable[[Data], Awaitable[Outcome]]


@dataclass(frozen=True, slots=True)
class ReceiveHere(Callback):
    prefix = "che"


@dataclass(frozen=True, slots=True)
class ReceiveByMail(Callback):
    prefix = "cma"


@dataclass(frozen=True, slots=True)
class Offer:
    """`prove`: ask who it is, first. `give`: hand it over."""

    visit: Visit
    certificates: IssueCertificate
    step_up: StepUp
    prove: Continue
    give: Continue

    async def show(self, data: Data) -> Screen:
        """What it certifies and the ways to receive it, or why there is none."""
        asked = asked_in(data)
        facts = await self._facts(asked)
        if asked is None or facts is None:
            return Screen("certificates.refused.year_not_closed", rows=footer())
        why = refusal(facts)
        if why is not None:
            return self._refused(facts, why)
        rows = ((Button("certificates.button.here", ReceiveHere()),), *await self._mail_row())
        return Screen("certificates.offer", {"certificate": description(facts)}, (*rows, *footer()))

    async def answer(self, data: Data, given: Input) -> Outcome:
        """Hand it over, once it is certain who asks; or another certificate instead."""
        match given:
            case ReceiveHere():
                return await self._proven(data | {"way": "here"})
            case ReceiveByMail():
                return await self._proven(data | {"way": "mail"})
            case ChooseKind(name) if kind := kind_named(name):
                return Go("offer", Asked(kind).data)
        return wander(given, before(data)) or Go("offer", data)

    async def _proven(self, data: Data) -> Outcome:
        needed = await self.step_up.needed(self.visit, Purpose.CERTIFICATES)
        return await (self.prove(data) if needed else self.give(data))

    async def _facts(self, asked: Asked | None) -> Facts | None:
        if asked is None:
            return None
        try:
            return await self.certificates.facts(self.visit, asked.kind, asked.year)
        except NotIssued:
            return None

    async def _mail_row(self) -> Rows:
        email = await self.step_up.destination(self.visit)
        if email is None:
            return ()
        return ((Button("certificates.button.mail", ReceiveByMail(), {"email": email}),),)

    def _refused(self, facts: Facts, why: Refusal) -> Screen:
        instead = tuple((kind_button(kind),) for kind in INSTEAD.get(why, ()))
        return Screen(f"certificates.refused.{why}", refused(facts), (*instead, *footer()))


def before(data: Data) -> Outcome:
    """Back to the years of a certificate that has them, else to the kinds."""
    asked = asked_in(data)
    if asked is not None and asked.kind.annual:
        return Go("years", Asked(asked.kind).data)
    return Go("kinds")
