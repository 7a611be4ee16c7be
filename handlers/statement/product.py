"""One product with all that is known of it."""

from dataclasses import dataclass

from handlers.kit.callbacks import Callback
from handlers.kit.flow import Data, Go, Input, Outcome
from handlers.kit.navigation import footer
from handlers.kit.screen import Button, Screen
from handlers.statement.account import Account
from handlers.statement.detail import detail_lines
from handlers.statement.wording import name_of
from handlers.understand import wander

GONE = Screen("statement.gone", rows=footer())


@dataclass(frozen=True, slots=True)
class ShowMovements(Callback):
    prefix = "smov"


@dataclass(frozen=True, slots=True)
class OneProduct:
    account: Account

    async def show(self, data: Data) -> Screen:
        """The product's detail; a kind word when the member has no such product."""
        statement = await self.account.statement()
        product = statement.product(data["product"])
        if product is None:
            return GONE
        params = {
            "name": name_of(product),
            "lines": detail_lines(product),
            "cut_off": statement.cut_off,
        }
        movements = (Button("statement.button.movements", ShowMovements()),)
        return Screen("statement.detail", params, (movements, *footer()))

    async def answer(self, data: Data, given: Input) -> Outcome:
        """Its movements, or back to the list."""
        if isinstance(given, ShowMovements):
            return Go("movements", data)
        return wander(given, Go("list", data)) or Go("product", data)
