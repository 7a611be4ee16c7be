"""The other way round: what can be paid each time, and so how much is lent."""

from dataclasses import dataclass, replace
from decimal import Decimal

from handlers.kit.amounts import UnclearAmount, parse_amount
from handlers.kit.callbacks import Callback
from handlers.kit.flow import Data, Go, Input, Outcome
from handlers.kit.navigation import footer
from handlers.kit.screen import Button, Phrase, Screen
from handlers.simulation.counters import Counter
from handlers.simulation.course import Course, stray
from handlers.simulation.drafts import draft_of
from handlers.simulation.wording import pesos

USUAL = tuple(Decimal(1_000) * each for each in (100, 200, 300, 500, 800, 1_000))
# More would be a number of another kind, and no credit here is paid with it.
_MOST = Decimal(10) ** 12


@dataclass(frozen=True, slots=True)
class SetPayment(Callback):
    prefix = "spay"
    pesos: int


@dataclass(frozen=True, slots=True)
class PaymentQuestion:
    course: Course[Counter]

    async def show(self, data: Data) -> Screen:
        """Common payments."""
        counter = await self.course.open()
        line = counter.line(draft_of(data).line or "")
        buttons = [_button(amount) for amount in USUAL]
        rows = tuple(tuple(buttons[at : at + 2]) for at in range(0, len(buttons), 2))
        return Screen("simulation.payment", {"line": line.name}, (*rows, *footer()))

    async def answer(self, data: Data, given: Input) -> Outcome:
        """The payment."""
        if isinstance(given, SetPayment):
            return await self._take(data, Decimal(given.pesos))
        if isinstance(given, str):
            try:
                return await self._take(data, parse_amount(given))
            except UnclearAmount as error:
                if error.candidates:
                    return await self._guess(data, min(error.candidates))
        here, back = Go("payment", data), Go("amount", data)
        return stray(given, here, back, Phrase("simulation.unclear.amount"))

    async def _guess(self, data: Data, payment: Decimal) -> Outcome:
        """`300` is taken for thousands, as payments are, and said."""
        return await self._take(
            data, payment, Phrase("simulation.heard", {"amount": pesos(payment)})
        )

    async def _take(self, data: Data, payment: Decimal, notice: Phrase | None = None) -> Outcome:
        if not 0 < payment <= _MOST:
            return Go("payment", data, Phrase("simulation.unclear.amount"))
        taken = replace(draft_of(data), payment=payment, amount=None)
        return await self.course.onward(data, taken, notice)


def _button(amount: Decimal) -> Button:
    params = {"amount": pesos(amount)}
    return Button("simulation.button.amount", SetPayment(int(amount)), params)
