"""What the offer lacks on a day: figures that nobody entered, lines without a rate."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from domain.products.lines import Line, Products
from domain.products.ranges import Measure
from domain.products.refusals import MissingFigure
from domain.products.tables import TaxedProduct


@dataclass(frozen=True, slots=True)
class Review:
    """Figures that are missing, and lines that cannot be quoted for want of a rate."""

    missing: tuple[MissingFigure, ...]
    without_rate: tuple[Line, ...]


def review(products: Products, day: date) -> Review:
    """The offer as it stands on that day."""
    lines: tuple[Line, ...] = (*products.credits, *products.cdats)
    idle = (li for li in lines if not any(band.validity.covers(day) for band in li.bands))
    return Review(tuple(_missing(products, lines, day)), tuple(idle))


def _missing(products: Products, lines: tuple[Line, ...], day: date) -> Iterator[MissingFigure]:
    tables, checks = products.tables, list[Callable[[date], object]]()
    if any(li.measure is Measure.MINIMUM_WAGES for line in lines for li in line.limits):
        checks.append(tables.minimum_wage_of)
    if products.credits:
        checks.append(tables.usury_cap_of)
    if products.cdats:
        checks.append(lambda when: tables.withholding_of(TaxedProduct.CDAT, when))
    for check in checks:
        try:
            check(day)
        except MissingFigure as error:
            yield error
