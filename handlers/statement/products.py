"""A group's products: the list, one product, its movements and their months."""

from dataclasses import dataclass

from domain.conversation import Visit
from domain.statements import Statements
from handlers.kit.flow import Access, Flow, Step
from handlers.statement.account import Account
from handlers.statement.months import MonthChoice
from handlers.statement.movements import Movements
from handlers.statement.product import OneProduct
from handlers.statement.product_list import ProductList


@dataclass(frozen=True, slots=True)
class ProductsFlow:
    """Begun with `group` in its data (`groups.Group`)."""

    visit: Visit
    statements: Statements

    def flow(self) -> Flow:
        account = Account(self.visit, self.statements)
        listed, one = ProductList(account), OneProduct(account)
        movements, months = Movements(account), MonthChoice(account)
        return Flow(
            "products",
            version=1,
            first="list",
            steps={
                "list": Step(listed.show, listed.answer),
                "product": Step(one.show, one.answer),
                "movements": Step(movements.show, movements.answer),
                "months": Step(months.show, months.answer),
            },
            access=Access.MEMBER,
            deliveries={"chart": listed.chart},
        )
