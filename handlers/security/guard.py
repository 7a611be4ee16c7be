"""The steps of security: a way back from every keypad, and a kind end when a proof is too old."""

from domain.access.change_pin import NotProven
from handlers.kit.flow import Data, Input, Leave, Outcome, Step
from handlers.kit.keypad import Cancel
from handlers.kit.navigation import footer, navigate
from handlers.kit.screen import Phrase, Screen

SECURITY = Leave("security")
TOO_LATE = Leave("security", notice=Phrase("security.too_late"))


def guarded(step: Step) -> Step:
    """The step, left for "Seguridad" when it is cancelled or its proof is too long ago."""

    async def show(data: Data) -> Screen:
        try:
            return await step.show(data)
        except NotProven:
            return Screen("security.too_late", rows=footer())

    async def answer(data: Data, given: Input) -> Outcome:
        if isinstance(given, Cancel):
            return SECURITY
        try:
            return await step.answer(data, given)
        except NotProven:
            return navigate(given, SECURITY) or TOO_LATE

    return Step(show, answer, step.discreet, step.contact)
