"""The groups in which products are shown."""

from enum import StrEnum

from domain.money import Centavos, total
from domain.statement import Product, Statement


class Group(StrEnum):
    """`ALL` is for choosing whose movements to see."""

    CONTRIBUTIONS = "contributions"
    SAVINGS = "savings"
    CREDITS = "credits"
    ALL = "all"


def group_named(name: object) -> Group:
    """The group of that name; `ALL` when there is none, for a client may send anything."""
    return next((group for group in Group if group == name), Group.ALL)


def members_of(group: Group, statement: Statement) -> tuple[Product, ...]:
    """The products of the group, in the statement's order."""
    match group:
        case Group.CONTRIBUTIONS:
            return statement.contributions
        case Group.SAVINGS:
            return statement.savings
        case Group.CREDITS:
            return statement.credits
        case Group.ALL:
            return statement.products


def balance_of(products: tuple[Product, ...]) -> Centavos:
    """The sum of the balances, in centavos."""
    return total(product.balance for product in products)
