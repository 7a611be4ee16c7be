"""The movements of the period in a printed statement, product by product."""

from domain.money import Centavos, total
from domain.statement import Credit, Movement, Product
from handlers.documents import words
from handlers.documents.glyphs import tidy
from handlers.documents.grid import Column, draw
from handlers.documents.paper import StatementPaper
from handlers.documents.sheet import Sheet
from handlers.kit.format import day
from handlers.kit.texts import plain

KEY = "documents.statement.movements"
LONGEST_DESCRIPTION = 80


def movements(sheet: Sheet, paper: StatementPaper) -> None:
    """A table per product that moved, or a sentence that none did."""
    first, last = map(day, paper.period)
    sheet.section(plain(f"{KEY}.title", {"first": first, "last": last}))
    products = [p for p in paper.statement.products if paper.movements_of(p.id)]
    if not products:
        sheet.line_of(plain(f"{KEY}.none"), 6)
    for product in products:
        moved(sheet, product, paper.movements_of(product.id))


def moved(sheet: Sheet, product: Product, booked: tuple[Movement, ...]) -> None:
    """The product's movements as a table of its own."""
    params = {"name": words.name(product), "number": words.number(product)}
    columns = _columns(booked, "charge" if isinstance(product, Credit) else "credit")
    draw(sheet, columns, plain(f"{KEY}.product", params))
    sheet.ln(3)


def _columns(booked: tuple[Movement, ...], growth: str) -> list[Column]:
    fall = {"charge": "payment", "credit": "debit"}[growth]
    dates = [words.short_date(m.booked_on) for m in booked]
    texts = [tidy(m.description, LONGEST_DESCRIPTION) for m in booked]
    balances = words.figures([m.balance for m in booked], "")
    return [
        Column(plain(f"{KEY}.date"), dates, align="L"),
        Column(plain(f"{KEY}.description"), texts, plain(f"{KEY}.total"), "L", words=True),
        _flow(growth, [_positive(m.amount) for m in booked]),
        _flow(fall, [_positive(Centavos(-m.amount)) for m in booked]),
        Column(plain(f"{KEY}.balance"), balances),
    ]


def _positive(amount: Centavos) -> Centavos | None:
    return amount if amount > 0 else None


def _flow(direction: str, amounts: list[Centavos | None]) -> Column:
    whole = total(a for a in amounts if a is not None)
    *cells, last = words.figures([*amounts, whole], "")
    return Column(plain(f"{KEY}.{direction}"), cells, last)
