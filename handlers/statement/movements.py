"""A product's movements, newest first, of all months or of one."""

from dataclasses import dataclass
from datetime import date

from domain.money import Centavos
from domain.statement import Movement
from domain.statements import ALWAYS, MovementPage, Nature, month_span
from handlers.kit.flow import Data, Go, Input, Outcome
from handlers.kit.navigation import footer
from handlers.kit.screen import Button, Phrase, Rows, Screen
from handlers.statement.account import Account
from handlers.statement.groups import Group, group_named
from handlers.statement.months import ALL_MONTHS, ChooseMonth, OfMonth, month_of, with_month
from handlers.statement.paging import Turn, page_within, turning_row
from handlers.statement.product import GONE
from handlers.statement.wording import brief, named
from handlers.understand import wander


@dataclass(frozen=True, slots=True)
class Movements:
    account: Account

    async def show(self, data: Data) -> Screen:
        """One page of movements; a kind word when the member has no such product."""
        month, number = month_of(data), data.get("sheet", 0)
        span = month_span(month) if month else ALWAYS
        page = await self.account.page(data["product"], span, number)
        return _screen(page, month, number) if page else GONE

    async def answer(self, data: Data, given: Input) -> Outcome:
        """Another page, another month, or back to the product."""
        match given:
            case Turn(page):
                return Go("movements", data | {"sheet": page_within(page)})
            case ChooseMonth():
                return Go("months", data)
            case OfMonth(month):
                return Go("movements", with_month(data, month))
        return wander(given, _back(data)) or Go("movements", data)


def _back(data: Data) -> Outcome:
    """To the product, or to the list when movements were asked for at once."""
    direct = group_named(data.get("group")) is Group.ALL
    return Go("list" if direct else "product", with_month(data, ALL_MONTHS))


def _screen(page: MovementPage, month: date | None, number: int) -> Screen:
    params = {
        "name": _name(page),
        "heading": _heading(month, number),
        "entries": _entries(page) or (Phrase("statement.movements.none"),),
    }
    turning = turning_row(number, page.has_older, "statement.turn.movements")
    rows: Rows = (*turning, _month_row(month), *footer())
    return Screen("statement.movements.text", params, rows)


def _name(page: MovementPage) -> Phrase:
    if page.nature is Nature.CONTRIBUTION:
        return named(page.product_name)
    return named(page.product_name, page.product_number)


def _heading(month: date | None, number: int) -> Phrase:
    if month:
        return Phrase("statement.movements.month", {"month": month, "page": number + 1})
    return Phrase("statement.movements.newest", {"page": number + 1})


def _month_row(month: date | None) -> tuple[Button, ...]:
    choose = Button("statement.button.month", ChooseMonth())
    every = Button("statement.button.every_month", OfMonth(ALL_MONTHS))
    return (choose, every) if month else (choose,)


def _entries(page: MovementPage) -> tuple[Phrase, ...]:
    return tuple(_entry(movement, page.nature is Nature.CREDIT) for movement in page.movements)


def _entry(movement: Movement, owed: bool) -> Phrase:
    params = {
        "day": movement.booked_on,
        "description": brief(movement.description, 60),
        "moved": _moved(movement.amount, owed),
    }
    if movement.balance is None:
        return Phrase("statement.entry.short", params)
    return Phrase("statement.entry.full", params | {"balance": movement.balance})


def _moved(amount: Centavos, owed: bool) -> Phrase:
    """Of a debt, what grows it is a charge and what lowers it a payment."""
    grown, lowered = ("charge", "payment") if owed else ("in", "out")
    direction = lowered if amount < 0 else grown
    return Phrase(f"statement.entry.{direction}", {"amount": Centavos(abs(amount))})
