"""The rates of a line leave nothing undecided: none beside another, none missing."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal
from itertools import product

from domain.finance.rounding import centavos
from domain.products.lines import Line, RateBand, Span
from domain.products.ranges import Limit, Measure
from storage.cooperative.problems import Fault, Path, Problem


def overlaps(bands: Sequence[RateBand], path: Path) -> Iterator[Problem]:
    """Rates that hold for the same term, amount and day as one before them."""
    for at, band in enumerate(bands):
        for before, other in enumerate(bands[:at]):
            if band.meets(other):
                yield Problem(Fault.OVERLAP, (*path, at), {"detail": before + 1})


def gaps(line: Line, path: Path) -> Iterator[Problem]:
    """The first term and amount of the line without a rate, on a day that has rates for others.

    Only where a span begins or has just ended can a gap begin, so only those are tried.
    """
    for day, term, amount in product(_days(line), _terms(line), _amounts(line)):
        in_force = [band for band in line.bands if band.validity.covers(day)]
        if in_force and not any(b.covers(term, amount, day) for b in in_force):
            yield Problem(Fault.GAP, path, {"day": day, "term": term, "amount": centavos(amount)})
            return


def _days(line: Line) -> list[date]:
    begun = {band.validity.since for band in line.bands}
    ended = {band.validity.until for band in line.bands} - {None}
    return sorted(begun | {day + timedelta(1) for day in ended if day is not None})


def _terms(line: Line) -> list[int]:
    if line.terms.only_usual:
        return sorted(line.terms.usual)
    edges = _edges([band.terms for band in line.bands]) | {Decimal(line.terms.shortest)}
    return sorted(int(term) for term in edges if line.terms.holds(int(term)))


def _amounts(line: Line) -> list[Decimal]:
    """Amounts in pesos from the least to the most that is known before anybody asks."""
    edges = _edges([band.amounts for band in line.bands])
    least = pesos(line.minimum) or min(edges, default=Decimal(1))
    most = pesos(line.maximum) or max(edges, default=least) - 1
    return sorted({least, *(edge for edge in edges if least <= edge <= most)})


def _edges(spans: Sequence[Span]) -> set[Decimal]:
    begun = {span.lowest for span in spans if span.lowest is not None}
    return begun | {span.highest + 1 for span in spans if span.highest is not None}


def pesos(limits: Sequence[Limit]) -> Decimal | None:
    """The limit that is in pesos, if there is one."""
    return next((li.value for li in limits if li.measure is Measure.PESOS), None)
