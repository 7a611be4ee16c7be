"""A schedule as rows of cells, for tables that a computer opens."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from domain.products.credit_quotes import CreditQuote
from handlers.documents.glyphs import tidy
from handlers.documents.simulation_words import KEY, annual, dated, quoted, term
from handlers.kit.texts import plain

CELLS = f"{KEY}.cells"
COLUMNS = ("number", "date", "principal", "interest", "insurance", "payment", "balance")
_FORMULAS = ("=", "+", "-", "@", "\t", "\r")
Cell = int | date | Decimal | str


def headings() -> list[str]:
    """The names of the columns."""
    return [plain(f"{CELLS}.{name}") for name in COLUMNS]


def rows(quote: CreditQuote) -> Iterator[tuple[Cell, ...]]:
    """Each instalment: whole numbers, days, and pesos as its rounding shows them."""
    shown = quote.line.rounding.shown
    for row in quote.schedule.rows:
        amounts = (row.principal, row.interest, row.insurance, row.payment, row.balance)
        yield (row.number, row.due_on, *map(shown, amounts))


def about(quote: CreditQuote) -> list[str]:
    """What the table is of, and that it is a simulation: a line each, safe to open."""
    request, schedule = quote.request, quote.schedule
    lines = (
        tidy(plain(f"{CELLS}.about", {"line": quote.line.name}), 120),
        plain(
            f"{CELLS}.asked",
            {"amount": _plain(request.amount), "term": term(request.months, "months")},
        ),
        plain(
            f"{CELLS}.rate",
            {"rate": quoted(schedule.loan.rate), "annual": annual(schedule.effective_annual)},
        ),
        dated(quote.situation, quote.band.validity),
        plain(f"{KEY}.credit.note.nature"),
    )
    return [harmless(line) for line in lines]


def harmless(text: str) -> str:
    """Text that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(_FORMULAS) else text


def _plain(amount: Decimal) -> str:
    return f"{amount:,.0f}".replace(",", ".")
