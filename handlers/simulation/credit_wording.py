"""What a credit costs, in plain words."""

from domain.finance.loans import System
from domain.finance.periods import Period
from domain.leads.lead import Product
from domain.products.credit_quotes import CreditQuote
from handlers.kit.screen import Params, Phrase
from handlers.kit.texts import plural
from handlers.simulation.wording import dated, pesos, rate_phrase, shown, term_phrase

KEY = "simulation.credit"


def summary(quote: CreditQuote) -> Params:
    """All of a credit on one screen but what was asked for."""
    schedule = quote.schedule
    return {
        "line": quote.line.name,
        "term": term_phrase(Product.CREDIT, quote.request.months),
        "count": count_phrase(quote),
        "pays": pays_phrases(quote),
        "first_on": schedule.rows[0].due_on,
        "last_on": schedule.rows[-1].due_on,
        "last": pesos(schedule.last_payment),
        "costs": costs(quote),
        "total": pesos(schedule.total_paid),
        "rate": rate_phrases(quote),
        "dated": dated(quote.situation, quote.band.validity.since),
    }


def count_phrase(quote: CreditQuote) -> Phrase:
    """`24 cuotas, una cada mes`."""
    count = len(quote.schedule.rows)
    params = {"count": count, "every": every(quote.request.period)}
    return Phrase(plural(f"{KEY}.count", count), params)


def every(period: Period) -> Phrase:
    return Phrase(f"statement.period.{period}")


def pays_phrases(quote: CreditQuote) -> tuple[Phrase, ...]:
    """What is paid each time, how that changes, and what of it is insurance."""
    schedule, system = quote.schedule, quote.request.system
    params: dict[str, object] = {
        "payment": pesos(schedule.first_payment),
        "every": every(quote.request.period),
    }
    if system is not System.LEVEL:
        params["last"] = pesos(schedule.last_payment)
    return (Phrase(f"{KEY}.pays.{system}", params), *_insurance(quote))


def _insurance(quote: CreditQuote) -> tuple[Phrase, ...]:
    """What of the first payment is insurance."""
    row, base = quote.schedule.rows[0], quote.line.insurance.base
    if not row.insurance:
        return ()
    params = {"insurance": pesos(row.insurance), "rest": pesos(row.payment - row.insurance)}
    return (Phrase(f"{KEY}.insurance.{base}", params),)


def costs(quote: CreditQuote) -> tuple[Phrase, ...]:
    """All interest, and all insurance where there is any."""
    schedule = quote.schedule
    interest = Phrase(f"{KEY}.total.interest", {"amount": pesos(schedule.total_interest)})
    if not schedule.total_insurance:
        return (interest,)
    return (
        interest,
        Phrase(f"{KEY}.total.insurance", {"amount": pesos(schedule.total_insurance)}),
    )


def rate_phrases(quote: CreditQuote) -> tuple[Phrase, ...]:
    """The rate as it is quoted, its effective annual one, and the one with the insurance."""
    schedule = quote.schedule
    quoted = Phrase(f"{KEY}.rate.quoted", {"rate": rate_phrase(schedule.loan.rate)})
    annual = Phrase(f"{KEY}.rate.annual", {"percent": shown(schedule.rate_effective_annual)})
    if not schedule.total_insurance:
        return quoted, annual
    insured = Phrase(f"{KEY}.rate.insured", {"percent": shown(schedule.effective_annual)})
    return quoted, annual, insured


def cap_phrase(quote: CreditQuote) -> Phrase:
    """The usury cap that the rate was held against, and of which month it is."""
    params = {"percent": quote.cap.percent, "month": quote.cap.month}
    if quote.cap_is_current:
        return Phrase(f"{KEY}.cap.current", params)
    return Phrase(f"{KEY}.cap.older", params | {"now": quote.situation.day})
