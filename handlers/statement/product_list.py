"""The products of one group, a page at a time."""

from dataclasses import dataclass

from domain.statement import Credit, Product, Statement
from handlers.kit.callbacks import Callback
from handlers.kit.flow import Data, Go, Input, Leave, Outcome
from handlers.kit.navigation import footer
from handlers.kit.screen import Attachment, Button, Phrase, Rows, Screen
from handlers.statement.account import Account
from handlers.statement.charts import Draw, credits_picture, draw_button, drawing
from handlers.statement.groups import Group, balance_of, group_named, members_of
from handlers.statement.paging import Turn, last_page, page_within, turning_row
from handlers.statement.wording import arrears_status, name_of
from handlers.understand import wander

A_PAGE = 6
NAME_ON_BUTTON = 24


@dataclass(frozen=True, slots=True)
class OpenProduct(Callback):
    prefix = "sprd"
    product: int


@dataclass(frozen=True, slots=True)
class ProductList:
    account: Account

    async def show(self, data: Data) -> Screen:
        """The group's total and one page of its products."""
        statement = await self.account.statement()
        return _screen(group_named(data.get("group")), statement, data.get("page", 0))

    async def answer(self, data: Data, given: Input) -> Outcome:
        """A product, another page, or back to the summary."""
        match given:
            case OpenProduct(product):
                # whoever came for movements is spared the detail
                aim = "movements" if group_named(data.get("group")) is Group.ALL else "product"
                return Go(aim, data | {"product": product})
            case Turn(page):
                return Go("list", data | {"page": page_within(page)})
            case Draw():
                return drawing(Go("list", data))
        return wander(given, Leave("statement")) or Go("list", data)

    async def chart(self, params: Data) -> Attachment:
        """The picture of how much of each credit is paid."""
        return credits_picture(await self.account.statement())


def _screen(group: Group, statement: Statement, asked: int) -> Screen:
    products = members_of(group, statement)
    if not products:
        return Screen(f"statement.empty.{group}", rows=footer())
    last = last_page(products, A_PAGE)
    page = page_within(asked, last)
    first = page * A_PAGE
    shown = tuple(enumerate(products[first : first + A_PAGE], first + 1))
    params: dict[str, object] = {"items": (*(_item(n, p) for n, p in shown), *_leaf(page, last))}
    if group is not Group.ALL:
        params["total"] = balance_of(products)
    buttons = tuple((_button(n, p),) for n, p in shown)
    turning = turning_row(page, page < last, "statement.turn.list")
    draw = ((draw_button(),),) if _worth_drawing(group, statement) else ()
    rows: Rows = (*buttons, *turning, *draw, *footer())
    return Screen(f"statement.list.{group}", params, rows)


def _worth_drawing(group: Group, statement: Statement) -> bool:
    return group is Group.CREDITS and any(not c.closed_on for c in statement.credits)


def _leaf(page: int, last: int) -> tuple[Phrase, ...]:
    if last == 0:
        return ()
    return (Phrase("statement.page", {"page": page + 1, "pages": last + 1}),)


def _item(position: int, product: Product) -> Phrase:
    params = _naming(position, product)
    if product.closed_on:
        return Phrase("statement.item.closed", params | {"closed_on": product.closed_on})
    params["balance"] = product.balance
    if isinstance(product, Credit):
        status = arrears_status(product.days_past_due, product.arrears)
        return Phrase("statement.item.owed", params | {"status": status})
    return Phrase("statement.item.held", params)


def _button(position: int, product: Product) -> Button:
    """The whole name is in the list above; a telephone shows some forty letters on a button."""
    naming = {"position": position, "name": name_of(product, NAME_ON_BUTTON)}
    return Button("statement.item.button", OpenProduct(product.id), naming)


def _naming(position: int, product: Product) -> dict[str, object]:
    return {"position": position, "name": name_of(product)}
