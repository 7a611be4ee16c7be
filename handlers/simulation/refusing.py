"""Why there is no quote, said kindly, and the question where it can be put right."""

from collections.abc import Callable, Sequence
from decimal import Decimal

from domain.leads.lead import Product
from domain.products.ranges import AmountRange
from domain.products.refusals import (
    AboveUsuryCap,
    AmountOutOfRange,
    MissingFigure,
    NoRate,
    PeriodNotOffered,
    Refusal,
    TermOutOfRange,
    UnevenTerm,
    UnknownLine,
)
from handlers.kit.screen import Phrase
from handlers.simulation.counters import PaymentTooLow
from handlers.simulation.wording import pesos, range_phrase, shown, term_phrase, terms_phrase

Report = Callable[[Refusal], None]
KEY = "simulation.refused"
# Nothing that was typed is at fault: the operator has to hear of it.
OURS = (AboveUsuryCap, MissingFigure, NoRate, UnknownLine)


def place(refusal: Refusal, product: Product) -> str:
    """The question that has to be answered anew."""
    match refusal:
        case AmountOutOfRange():
            return "amount"
        case PaymentTooLow():
            return "payment"
        case TermOutOfRange() | NoRate():
            return "term"
        case UnevenTerm():
            return "term" if product is Product.CREDIT else "period"
        case PeriodNotOffered():
            return "period"
    return "line"


def reason(refusal: Refusal, product: Product) -> Phrase:
    """What is wrong and what to do, with the line's own limits."""
    match refusal:
        case AmountOutOfRange(amount, allowed):
            return amount_refused(amount, allowed)
        case PaymentTooLow(payment, least):
            amounts = {"payment": pesos(payment), "least": pesos(least)}
            return Phrase(f"{KEY}.payment", amounts)
        case TermOutOfRange(term, allowed):
            asked = {"term": term_phrase(product, term)}
            if allowed.only_usual:
                return Phrase(f"{KEY}.usual_terms", asked)
            return Phrase(f"{KEY}.term", asked | {"terms": terms_phrase(product, allowed)})
        case UnevenTerm(term, period, nearest):
            return _uneven(term_phrase(product, term), str(period), nearest, product)
        case AboveUsuryCap(rate, cap, month):
            limits = {"rate": shown(rate), "cap": cap, "month": month}
            return Phrase(f"{KEY}.usury", limits)
        case MissingFigure(table, day):
            return Phrase(f"{KEY}.missing.{table}", {"year": day.year, "month": day})
        case NoRate():
            return Phrase(f"{KEY}.no_rate")
    return Phrase(f"{KEY}.line")


def amount_refused(amount: Decimal, allowed: AmountRange) -> Phrase:
    """Too little, too much, or nothing at all can be asked for."""
    if allowed.maximum is not None and allowed.maximum < allowed.minimum:
        return Phrase(f"{KEY}.nobody", {"least": pesos(allowed.minimum)})
    params = {"amount": pesos(amount), "range": range_phrase(allowed)}
    return Phrase(f"{KEY}.{'less' if amount < allowed.minimum else 'more'}", params)


def _uneven(term: Phrase, period: str, nearest: Sequence[int], product: Product) -> Phrase:
    params = {"term": term, "period": Phrase(f"statement.period.{period}")}
    if not nearest:
        return Phrase(f"{KEY}.uneven.none", params)
    if len(nearest) == 1:
        return Phrase(f"{KEY}.uneven.one", params | {"one": term_phrase(product, nearest[0])})
    one, other = (term_phrase(product, each) for each in nearest)
    return Phrase(f"{KEY}.uneven.two", params | {"one": one, "other": other})


def report_ours(refusal: Refusal, report: Report) -> None:
    """Leave a trace of what only the cooperative can put right."""
    if isinstance(refusal, OURS):
        report(refusal)
