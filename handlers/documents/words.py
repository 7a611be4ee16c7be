"""The words and figures of products, as they stand in a table cell."""

from collections.abc import Iterable
from datetime import date

from domain.money import Centavos
from domain.statement import Credit, Period, Product, Rate
from handlers.documents.glyphs import tidy
from handlers.kit.format import day, money
from handlers.kit.texts import plain, plural

LONGEST_NAME = 60
LONGEST_NUMBER = 30
LONGEST_CAPTION = 40
NO_CENTAVOS = "\N{PUNCTUATION SPACE}\N{FIGURE SPACE}\N{FIGURE SPACE}"


def name(product: Product) -> str:
    """The product's own name, or the credit's line, on one line."""
    return tidy(product.line if isinstance(product, Credit) else product.name, LONGEST_NAME)


def caption(credit: Credit) -> str:
    """The credit's line, short enough for a picture on a phone."""
    return tidy(credit.line, LONGEST_CAPTION)


def number(product: Product) -> str:
    """The product's number, on one line."""
    return tidy(product.number, LONGEST_NUMBER)


def label(product: Product, *more: str) -> str:
    """Name, number and further lines; a closed product says since when."""
    lines = [name(product), plain("documents.number", {"number": number(product)}), *more]
    if product.closed_on and not isinstance(product, Credit):
        lines.append(closed(product.closed_on))
    return "\n".join(lines)


def closed(on: date) -> str:
    """`Cerrado el 05/03/2026`."""
    return plain("documents.closed", {"date": on})


def status(credit: Credit) -> str:
    """Current, days past due and how much, or closed."""
    if credit.closed_on:
        return closed(credit.closed_on)
    if not credit.days_past_due:
        return plain("documents.current")
    return f"{past_due(credit.days_past_due)}\n{money(credit.arrears)}"


def past_due(days: int) -> str:
    """The days past due in plain words."""
    return plain(plural("documents.days_past_due", days), {"days": days})


def rate(value: Rate | None) -> str:
    """The rate and, below it, how it is quoted."""
    return plain(f"documents.rate.{value.kind}", {"rate": value.percent}) if value else nothing()


def period(value: Period | None) -> str:
    """`mensual`, `al vencimiento`."""
    return plain(f"documents.period.{value}") if value else nothing()


def short_date(value: date | None) -> str:
    """`05/03/2026`."""
    return day(value, "digits") if value else nothing()


def nothing() -> str:
    """The dash of a cell that has no value."""
    return plain("documents.none")


def figures(amounts: Iterable[Centavos | None], empty: str) -> list[str]:
    """A column of amounts whose decimal commas stand one below the other."""
    column = list(amounts)
    filler = NO_CENTAVOS if any(a % 100 for a in column if a is not None) else ""
    return [empty if a is None else money(a) + ("" if a % 100 else filler) for a in column]
