"""How much more is paid to principal, and with which instalment."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from domain.finance.loans import UnusableTerms
from domain.finance.periods import PER_YEAR
from domain.finance.prepayment import prepay
from domain.products.credit_quotes import CreditQuote
from handlers.kit.amounts import UnclearAmount, parse_amount
from handlers.kit.callbacks import Callback
from handlers.kit.flow import Data, Go, Input, Outcome
from handlers.kit.lengths import UnclearLength, Unit, parse_length
from handlers.kit.navigation import footer
from handlers.kit.screen import Button, Phrase, Screen
from handlers.simulation.counters import CreditCounter
from handlers.simulation.course import Course, stray
from handlers.simulation.drafts import draft_of
from handlers.simulation.wording import pesos

KEY = "simulation.extra"
AMOUNT, AFTER = "extra_amount", "extra_after"
USUAL = tuple(Decimal(1_000) * each for each in (500, 1_000, 2_000, 5_000))
MOMENTS = 4


@dataclass(frozen=True, slots=True)
class SetExtra(Callback):
    prefix = "sext"
    pesos: int


@dataclass(frozen=True, slots=True)
class SetAfter(Callback):
    prefix = "saft"
    number: int


@dataclass(frozen=True, slots=True)
class ExtraAmount:
    course: Course[CreditCounter]

    async def show(self, data: Data) -> Screen:
        """Common extra payments below what is owed."""
        owed = (await self.course.open()).quote(draft_of(data)).request.amount
        buttons = [_amount_button(amount) for amount in USUAL if amount < owed]
        rows = tuple(tuple(buttons[at : at + 2]) for at in range(0, len(buttons), 2))
        return Screen(f"{KEY}.amount", rows=(*rows, *footer()))

    async def answer(self, data: Data, given: Input) -> Outcome:
        """The amount, if something is still owed after it."""
        if isinstance(given, SetExtra):
            return await self._take(data, Decimal(given.pesos))
        if isinstance(given, str):
            try:
                return await self._take(data, parse_amount(given))
            except UnclearAmount as error:
                if error.candidates:
                    return await self._guess(data, error.candidates)
        here, back = Go("extra_amount", data), Go("more", data)
        return stray(given, here, back, Phrase("simulation.unclear.amount"))

    async def _guess(self, data: Data, candidates: Sequence[Decimal]) -> Outcome:
        """The largest reading that leaves something owed, said."""
        owed = (await self.course.open()).quote(draft_of(data)).request.amount
        fitting = [amount for amount in candidates if amount < owed]
        amount = max(fitting, default=min(candidates))
        return await self._take(data, amount, Phrase("simulation.heard", {"amount": pesos(amount)}))

    async def _take(self, data: Data, amount: Decimal, notice: Phrase | None = None) -> Outcome:
        quote = (await self.course.open()).quote(draft_of(data))
        if not 0 < amount < quote.request.amount:
            owed = {"owed": pesos(quote.request.amount)}
            return Go("extra_amount", data, Phrase(f"{KEY}.too_much", owed))
        kept = data | {AMOUNT: str(amount)}
        if len(quote.schedule.rows) == 1:
            return Go("more", data, Phrase(f"{KEY}.single"))
        return Go("extra_after", kept, notice)


@dataclass(frozen=True, slots=True)
class ExtraMoment:
    course: Course[CreditCounter]

    async def show(self, data: Data) -> Screen:
        """With which instalment."""
        quote = (await self.course.open()).quote(draft_of(data))
        rows = tuple((_after_button(quote, number),) for number in _moments(quote))
        last = len(quote.schedule.rows) - 1
        params = {"amount": pesos(Decimal(data[AMOUNT])), "last": last}
        return Screen(f"{KEY}.after", params, (*rows, *footer()))

    async def answer(self, data: Data, given: Input) -> Outcome:
        """The instalment, if it is not the last one and more is owed than is paid."""
        if isinstance(given, SetAfter) and given.number:
            return await self._take(data, given.number)
        if isinstance(given, str):
            try:
                return await self._take(data, parse_length(given, {Unit.MONTH: 1}))
            except UnclearLength:
                pass
        here, back = Go("extra_after", data), Go("extra_amount", data)
        return stray(given, here, back, Phrase(f"{KEY}.which"))

    async def _take(self, data: Data, number: int) -> Outcome:
        quote = (await self.course.open()).quote(draft_of(data))
        try:
            prepay(quote.schedule, number, Decimal(data[AMOUNT]))
        except UnusableTerms as error:
            if error.field == "after":
                return Go("extra_after", data, Phrase(f"{KEY}.which"))
            owed = {"owed": pesos(quote.schedule.rows[number - 1].balance)}
            return Go("extra_amount", data, Phrase(f"{KEY}.too_much", owed))
        return Go("extra", data | {AFTER: number})


def _moments(quote: CreditQuote) -> list[int]:
    """A few instalments at half-years or years of the credit, never the last one."""
    count, year = len(quote.schedule.rows), PER_YEAR[quote.request.period]
    for each in (1, max(year // 2, 1), year):
        found = list(range(each, count, each))
        if len(found) <= MOMENTS:
            break
    return found[:MOMENTS]


def _amount_button(amount: Decimal) -> Button:
    params = {"amount": pesos(amount)}
    return Button("simulation.button.amount", SetExtra(int(amount)), params)


def _after_button(quote: CreditQuote, number: int) -> Button:
    params = {"number": number, "day": quote.schedule.rows[number - 1].due_on}
    return Button(f"{KEY}.with", SetAfter(number), params)
