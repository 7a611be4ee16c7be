"""An extra payment to principal and the two things it may do (Ley 2032 of 2020)."""

from dataclasses import dataclass
from decimal import Decimal

from domain.finance.prepayment import Prepayment, Remainder, prepay
from domain.products.credit_quotes import CreditQuote
from handlers.kit.flow import Data, Go, Input, Outcome
from handlers.kit.navigation import footer
from handlers.kit.screen import Phrase, Screen
from handlers.kit.texts import plural
from handlers.simulation.counters import CreditCounter
from handlers.simulation.course import Course, stray
from handlers.simulation.credit_wording import every
from handlers.simulation.drafts import draft_of
from handlers.simulation.extra_questions import AFTER, AMOUNT, KEY
from handlers.simulation.taps import Do, do
from handlers.simulation.wording import pesos


@dataclass(frozen=True, slots=True)
class ExtraResult:
    course: Course[CreditCounter]

    async def show(self, data: Data) -> Screen:
        """Both choices of the debtor beside what would be without it."""
        quote = (await self.course.open()).quote(draft_of(data))
        found = prepay(quote.schedule, data[AFTER], Decimal(data[AMOUNT]))
        params = {
            "amount": pesos(found.amount),
            "after": found.after,
            "balance": pesos(found.balance),
            "unchanged": _left(found.unchanged, quote),
            "choices": _choices(found, quote),
        }
        return Screen(f"{KEY}.text", params, ((do("another_extra"),), *footer()))

    async def answer(self, data: Data, given: Input) -> Outcome:
        """Another extra payment, or back."""
        if isinstance(given, Do) and given.what == "another_extra":
            return Go("extra_amount", data)
        back = Go("extra_after", data)
        return stray(given, Go("extra", data), back, Phrase("simulation.unclear.button"))


def _choices(found: Prepayment, quote: CreditQuote) -> tuple[Phrase, ...]:
    """Fewer instalments (not of a bullet credit), or lower ones, with what each saves."""
    choices = {"shorter": found.shorter, "lower": found.lower}
    return tuple(
        Phrase(
            f"{KEY}.{name}",
            {"left": _left(remainder, quote), "saved": pesos(_saved(found, remainder))},
        )
        for name, remainder in choices.items()
        if remainder is not None
    )


def _saved(found: Prepayment, remainder: Remainder) -> Decimal:
    before, after = found.unchanged, remainder
    costs = before.total_interest + before.total_insurance
    return costs - after.total_interest - after.total_insurance


def _left(remainder: Remainder, quote: CreditQuote) -> Phrase:
    params = {
        "count": remainder.count,
        "payment": pesos(remainder.payment),
        "every": every(quote.request.period),
        "ends_on": remainder.ends_on,
    }
    return Phrase(plural(f"{KEY}.left", remainder.count), params)
