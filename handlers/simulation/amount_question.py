"""How much: a button, or typed in any way that people write money."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from domain.products.ranges import AmountRange
from handlers.kit.amounts import Unclear, UnclearAmount, parse_amount
from handlers.kit.callbacks import Callback
from handlers.kit.flow import Data, Go, Input, Outcome
from handlers.kit.navigation import footer
from handlers.kit.screen import Button, Phrase, Rows, Screen
from handlers.simulation.counters import Counter
from handlers.simulation.course import Course
from handlers.simulation.drafts import Draft, draft_of
from handlers.simulation.refusing import amount_refused
from handlers.simulation.wording import pesos, range_phrase, unknown_phrases

USUAL = tuple(
    Decimal(1_000) * each
    for each in (100, 200, 500, 1_000, 2_000, 5_000, 10_000, 20_000, 50_000, 100_000, 200_000)
)
BUTTONS = 6
GUESSES = "guesses"


@dataclass(frozen=True, slots=True)
class SetAmount(Callback):
    prefix = "samt"
    pesos: int


@dataclass(frozen=True, slots=True)
class AskPayment(Callback):
    """Not the amount is known but what can be paid each time."""

    prefix = "sinv"


@dataclass(frozen=True, slots=True)
class AmountQuestion:
    course: Course[Counter]

    async def show(self, data: Data) -> Screen:
        """The line's limits for this person, common amounts, what may have been meant."""
        counter, draft = await self.course.open(), draft_of(data)
        line, allowed = counter.line(draft.line or ""), counter.amounts(draft.line or "")
        limits = (range_phrase(allowed), *unknown_phrases(allowed))
        params = {"line": line.name, "range": limits}
        rows = (*_guessed(data), *amount_rows(allowed), *_other_ways(counter, draft), *footer())
        return Screen(f"simulation.{counter.product}.amount", params, rows)

    async def answer(self, data: Data, given: Input) -> Outcome:
        """The amount, if the line allows it."""
        match given:
            case SetAmount(whole):
                return await self._take(data, Decimal(whole))
            case AskPayment():
                return Go("payment", data)
            case str():
                return await self._typed(data, given)
        return await self.course.stray(data, given, "amount", Phrase("simulation.unclear.amount"))

    async def _typed(self, data: Data, given: str) -> Outcome:
        try:
            return await self._take(data, parse_amount(given))
        except UnclearAmount as error:
            return await self._unclear(data, given, error)

    async def _unclear(self, data: Data, given: str, error: UnclearAmount) -> Outcome:
        """The only reading that the line allows is taken and said; of several one is asked."""
        counter = await self.course.open()
        allowed = counter.amounts(draft_of(data).line or "")
        fitting = [amount for amount in error.candidates if allowed.holds(amount)]
        if len(fitting) == 1:
            heard = Phrase("simulation.heard", {"amount": pesos(fitting[0])})
            return await self._take(data, fitting[0], heard)
        if not error.candidates:
            unclear = Phrase("simulation.unclear.amount")
            return await self.course.stray(data, given, "amount", unclear)
        cents = error.reason is Unclear.CENTAVOS
        unclear = Phrase(f"simulation.unclear.{'centavos' if cents else 'guess'}")
        return Go("amount", _with_guesses(data, error.candidates), unclear)

    async def _take(self, data: Data, amount: Decimal, notice: Phrase | None = None) -> Outcome:
        counter, draft = await self.course.open(), draft_of(data)
        allowed = counter.amounts(draft.line or "")
        if not allowed.holds(amount):
            guesses = _meant(amount, allowed)
            return Go("amount", _with_guesses(data, guesses), amount_refused(amount, allowed))
        taken = replace(draft, amount=amount, payment=None)
        return await self.course.onward(data, taken, notice)


def amount_rows(allowed: AmountRange) -> Rows:
    """Common amounts that are allowed, two a row, and the largest one."""
    usual = [amount for amount in USUAL if allowed.holds(amount)]
    spare = max(len(usual) - BUTTONS, 0) // 2
    shown = usual[spare : spare + BUTTONS]
    buttons = [amount_button("amount", amount) for amount in shown]
    most = allowed.maximum
    rows = tuple(tuple(buttons[at : at + 2]) for at in range(0, len(buttons), 2))
    if most is None or most in shown or not allowed.holds(most):
        return rows
    return (*rows, (amount_button("most", most),))


def amount_button(key: str, amount: Decimal) -> Button:
    return Button(f"simulation.button.{key}", SetAmount(int(amount)), {"amount": pesos(amount)})


def _other_ways(counter: Counter, draft: Draft) -> Rows:
    """Who knows what they can pay asks how much that lends."""
    if not counter.by_payment(draft):
        return ()
    return ((Button("simulation.button.payment", AskPayment()),),)


def _guessed(data: Data) -> Rows:
    return tuple((amount_button("guess", Decimal(each)),) for each in data.get(GUESSES, ()))


def _with_guesses(data: Data, guesses: Sequence[Decimal]) -> Data:
    return data | {GUESSES: [str(each) for each in guesses]}


def _meant(amount: Decimal, allowed: AmountRange) -> Sequence[Decimal]:
    """What may have been meant by an amount that is not allowed: the zeros that were left out, or
    the nearest one that is."""
    longer = [amount * zeros for zeros in (1_000, 1_000_000) if allowed.holds(amount * zeros)]
    if longer:
        return longer
    nearest = allowed.minimum if amount < allowed.minimum else allowed.maximum
    return [nearest] if nearest is not None and allowed.holds(nearest) else []
