"""The choice of a month among those with movements."""

from dataclasses import dataclass
from datetime import date

from handlers.kit.callbacks import Callback
from handlers.kit.flow import Data, Go, Input, Outcome
from handlers.kit.navigation import footer
from handlers.kit.screen import Button, Rows, Screen
from handlers.statement.account import Account
from handlers.understand import wander

ALL_MONTHS = ""


@dataclass(frozen=True, slots=True)
class ChooseMonth(Callback):
    prefix = "smth"


@dataclass(frozen=True, slots=True)
class OfMonth(Callback):
    """`month` is `2026-10`, or empty for all months."""

    prefix = "sofm"
    month: str


def with_month(data: Data, month: str) -> Data:
    """The data with that month chosen, at its first page."""
    return data | {"month": month, "sheet": 0}


def month_of(data: Data) -> date | None:
    """The first day of the chosen month; None for all months, or for no month at all."""
    try:
        return date.fromisoformat(f"{data.get('month', ALL_MONTHS)}-01")
    except ValueError:
        return None


@dataclass(frozen=True, slots=True)
class MonthChoice:
    account: Account

    async def show(self, data: Data) -> Screen:
        """A button for each month, two a row."""
        months = await self.account.months(data["product"])
        buttons = [_button(month) for month in months]
        pairs = tuple(tuple(buttons[at : at + 2]) for at in range(0, len(buttons), 2))
        every = (Button("statement.button.every_month", OfMonth(ALL_MONTHS)),)
        if not months:
            return Screen("statement.months.none", rows=footer())
        rows: Rows = (*pairs, every, *footer())
        return Screen("statement.months.text", rows=rows)

    async def answer(self, data: Data, given: Input) -> Outcome:
        """The movements of that month, or back to those shown before."""
        if isinstance(given, OfMonth):
            return Go("movements", with_month(data, given.month))
        return wander(given, Go("movements", data)) or Go("months", data)


def _button(month: date) -> Button:
    return Button("statement.button.of_month", OfMonth(month.isoformat()[:7]), {"month": month})
