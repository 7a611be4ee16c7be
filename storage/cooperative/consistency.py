"""What only several keys together show: lines that repeat or contradict themselves, and rates above
the usury cap."""

from collections.abc import Iterator, Sequence
from datetime import date

from domain.finance.periods import add_months
from domain.finance.rates import effective_annual
from domain.products.lines import CreditLine, Line, Products, RateBand
from domain.products.tables import WithholdingRule
from domain.products.terms import allowed_terms
from storage.cooperative.bands import gaps, overlaps, pesos
from storage.cooperative.problems import Fault, Path, Problem


def inconsistencies(products: Products) -> Iterator[Problem]:
    """Every contradiction among the lines, their rates and the dated tables."""
    offered: dict[str, Sequence[Line]] = {"credit": products.credits, "cdat": products.cdats}
    for name, lines in offered.items():
        yield from _repeated(name, lines)
        for number, line in enumerate(lines):
            yield from _line(line, (name, number))
    for number, credit in enumerate(products.credits):
        for at, band in enumerate(credit.bands):
            path = ("credit", number, "rates", at, "percent")
            yield from _above_cap(credit, band, products, path)
    yield from _rules_overlap(products.tables.withholding)


def _repeated(name: str, lines: Sequence[Line]) -> Iterator[Problem]:
    seen: set[str] = set()
    for number, line in enumerate(lines):
        if line.id in seen:
            yield Problem(Fault.REPEATED, (name, number, "id"), {"detail": line.id})
        seen.add(line.id)


def _line(line: Line, path: Path) -> Iterator[Problem]:
    least, most = pesos(line.minimum), pesos(line.maximum)
    if least is not None and most is not None and most < least:
        yield Problem(Fault.LIMITS_ORDER, (*path, "maximum", "pesos"))
    yield from _idle_periods(line, path)
    yield from overlaps(line.bands, (*path, "rates"))
    yield from gaps(line, (*path, "rates"))


def _idle_periods(line: Line, path: Path) -> Iterator[Problem]:
    """Periods that no term of the line is a whole number of."""
    key = "periods" if isinstance(line, CreditLine) else "settlements"
    for at, period in enumerate(line.offered):
        if not allowed_terms(line, period):
            yield Problem(Fault.PERIOD_UNUSED, (*path, key, at), {"detail": period.value})


def _above_cap(
    line: CreditLine, band: RateBand, products: Products, path: Path
) -> Iterator[Problem]:
    rate = effective_annual(line.rate(band))
    for month, cap in sorted(products.tables.usury.items()):
        if rate > cap and _in_force(band, month):
            yield Problem(Fault.ABOVE_CAP, path, {"rate": rate, "cap": cap, "month": month})
            return


def _in_force(band: RateBand, month: date) -> bool:
    since, until = band.validity.since, band.validity.until
    return since < add_months(month, 1) and (until is None or month <= until)


def _rules_overlap(rules: Sequence[WithholdingRule]) -> Iterator[Problem]:
    for at, rule in enumerate(rules):
        for before, other in enumerate(rules[:at]):
            if rule.product is other.product and rule.validity.meets(other.validity):
                yield Problem(Fault.OVERLAP, ("withholding", at), {"detail": before + 1})
