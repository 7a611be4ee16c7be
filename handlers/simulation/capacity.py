"""Whether a credit by payroll deduction leaves room in the salary; it refuses nothing."""

from dataclasses import dataclass, replace
from decimal import Decimal

from domain.finance.capacity import (
    Capacity,
    Income,
    Payroll,
    capacity,
    payment_within,
    room_for_deductions,
)
from domain.products.credit_quotes import CreditQuote
from handlers.kit.amounts import UnclearAmount, parse_amount
from handlers.kit.callbacks import Callback
from handlers.kit.flow import Data, Go, Input, Outcome
from handlers.kit.navigation import footer
from handlers.kit.screen import Button, Params, Phrase, Rows, Screen
from handlers.simulation.counters import CreditCounter
from handlers.simulation.course import Course, stray
from handlers.simulation.drafts import draft_of
from handlers.simulation.people import Person
from handlers.simulation.taps import Do, do
from handlers.simulation.wording import pesos

KEY = "simulation.capacity"
SALARY, DEDUCTIONS = "salary", "deductions"
# What such amounts are at least, in pesos, to tell "3" (millions) from "800" (thousands).
USUALLY = {SALARY: Decimal(300_000), DEDUCTIONS: Decimal(10_000)}


@dataclass(frozen=True, slots=True)
class Fit(Callback):
    """Ask for what the room in the salary pays."""

    prefix = "sfit"


@dataclass(frozen=True, slots=True)
class Capacities:
    """What a member's salary has room for; salary and other deductions may be typed, and are
    kept in the chat only."""

    person: Person
    payroll: Payroll

    async def income(self, data: Data) -> Income | None:
        """The salary on file, or else the one typed; None while nobody knows it."""
        means = await self.person.means()
        typed = Decimal(data[SALARY]) if SALARY in data else None
        salary = (means.salary if means else None) or typed
        if salary is None:
            return None
        return Income(salary, deductions=Decimal(data.get(DEDUCTIONS, 0)))

    def of(self, quote: CreditQuote, income: Income) -> Capacity:
        """The room of a month against the first payment of that credit."""
        payment, period = quote.schedule.first_payment, quote.request.period
        return capacity(income, self.payroll, payment, period)

    async def brief(self, quote: CreditQuote) -> tuple[Phrase, ...]:
        """One line for the result of a payroll line, where the salary is on file."""
        income = await self.income({}) if quote.line.payroll else None
        if income is None:
            return ()
        found = self.of(quote, income)
        fits = "fits" if found.suffices else "exceeds"
        return (Phrase(f"{KEY}.brief.{fits}", {"room": pesos(found.room)}),)


@dataclass(frozen=True, slots=True)
class CapacityStep:
    course: Course[CreditCounter]
    capacities: Capacities

    async def show(self, data: Data) -> Screen:
        """The whole account, or the question for the salary."""
        income = await self.capacities.income(data)
        if income is None:
            return Screen(f"{KEY}.salary", rows=footer())
        quote = (await self.course.open()).quote(draft_of(data))
        return Screen(f"{KEY}.text", self._params(quote, income), self._rows(quote, income))

    async def answer(self, data: Data, given: Input) -> Outcome:
        """The salary that was asked for, other deductions, or a credit that fits."""
        match given:
            case Do("deductions"):
                return Go("deductions", data)
            case Fit():
                return await self._fit(data)
            case str() if await self.capacities.income(data) is None:
                return _keep(data, given, SALARY, "capacity")
        unclear = Phrase("simulation.unclear.button")
        return stray(given, Go("capacity", data), Go("more", data), unclear)

    async def _fit(self, data: Data) -> Outcome:
        income, draft = await self.capacities.income(data), draft_of(data)
        if income is None or draft.period is None:
            return Go("capacity", data)
        room = room_for_deductions(income, self.capacities.payroll)
        payment = payment_within(room, draft.period)
        return await self.course.onward(data, replace(draft, payment=payment, amount=None))

    def _params(self, quote: CreditQuote, income: Income) -> Params:
        rules, found = self.capacities.payroll, self.capacities.of(quote, income)
        legal = income.salary * rules.legal_deductions / 100
        key = "fits" if found.suffices else "exceeds"
        return {
            "line": quote.line.name,
            "salary": pesos(income.salary),
            "legal_percent": f"{rules.legal_deductions.normalize():f}",
            "legal": pesos(legal),
            "share_percent": f"{rules.deductible.normalize():f}",
            "deductions": pesos(income.deductions),
            "room": pesos(found.room),
            "needed": pesos(found.needed),
            "verdict": Phrase(f"{KEY}.verdict.{key}"),
        }

    def _rows(self, quote: CreditQuote, income: Income) -> Rows:
        found = self.capacities.of(quote, income)
        smaller = ((Button(f"{KEY}.fit", Fit()),),) if found.room and not found.suffices else ()
        return (*smaller, (do("deductions"),), *footer())


@dataclass(frozen=True, slots=True)
class DeductionsQuestion:
    async def show(self, data: Data) -> Screen:
        return Screen(f"{KEY}.deductions", rows=footer())

    async def answer(self, data: Data, given: Input) -> Outcome:
        """What the pay slip already takes, typed."""
        if isinstance(given, str):
            return _keep(data, given, DEDUCTIONS, "deductions")
        back = Go("capacity", data)
        return stray(given, Go("deductions", data), back, Phrase("simulation.unclear.amount"))


def _keep(data: Data, typed: str, name: str, here: str) -> Outcome:
    """The typed amount under that name; a number alone is taken for thousands or millions,
    whichever such amounts are usually."""
    try:
        amount = parse_amount(typed)
    except UnclearAmount as error:
        if not error.candidates:
            unclear = Phrase("simulation.unclear.amount")
            return stray(typed, Go(here, data), Go("capacity", data), unclear)
        usual = [amount for amount in error.candidates if amount >= USUALLY[name]]
        amount = min(usual, default=max(error.candidates))
    heard = Phrase("simulation.heard", {"amount": pesos(amount)})
    return Go("capacity", data | {name: str(amount)}, heard)
