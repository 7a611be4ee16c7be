"""The terms of a line that are whole numbers of a period."""

from domain.finance.periods import Period
from domain.products.lines import Line
from domain.products.refusals import UnevenTerm


def allowed_terms(line: Line, period: Period) -> list[int]:
    """Every term of the line, in months or days, that the period divides; ascending."""
    terms = range(line.terms.shortest, line.terms.longest + 1)
    return [term for term in terms if line.terms.holds(term) and line.fits(term, period)]


def check_fits(line: Line, term: int, period: Period) -> None:
    """UnevenTerm, with the nearest shorter and longer terms that fit, unless this one does."""
    if not line.fits(term, period):
        allowed = allowed_terms(line, period)
        shorter = [t for t in allowed if t < term][-1:]
        longer = [t for t in allowed if t > term][:1]
        raise UnevenTerm(term, period, (*shorter, *longer))
