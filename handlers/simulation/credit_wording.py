"""What a credit costs, in plain words."""

from domain.finance.loans import System
from domain.finance.periods import Period
from domain.leads.lead import Product
from domain.products.credit_quotes import CreditQuote
from handlers.kit.screen import Params, Phrase
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
        "costs": costs(quote),
        "total": pesos(schedule.total_paid),
        "dated": dated(quote.situation, quote.band.validity.since),
    }


def count_phrase(quote: CreditQuote) -> Phrase:
    """`24 cuotas, una cada mes`."""
    count = len(quote.schedule.rows)
    if count == 1:
        return Phrase(f"{KEY}.count.one", {"count": count})
    return Phrase(f"{KEY}.count.other", {"count": count, "every": every(quote.request.period)})


def every(period: Period) -> Phrase:
    return Phrase(f"statement.period.{period}")


def pays_phrases(quote: CreditQuote) -> tuple[Phrase, ...]:
    """When and what is paid each time, how that changes, and what of it is insurance."""
    schedule, system = quote.schedule, quote.request.system
    params: dict[str, object] = {"payment": pesos(schedule.first_payment)}
    if len(schedule.rows) == 1:
        return _dates(quote), Phrase(f"{KEY}.pays.single", params), *_insurance(quote)
    params["every"] = every(quote.request.period)
    if system is not System.LEVEL:
        params["last"] = pesos(schedule.last_payment)
    return _dates(quote), Phrase(f"{KEY}.pays.{system}", params), *_insurance(quote)


def _dates(quote: CreditQuote) -> Phrase:
    """From the first instalment to the last, and what that one is."""
    schedule = quote.schedule
    first, last = schedule.rows[0].due_on, schedule.rows[-1].due_on
    if len(schedule.rows) == 1:
        return Phrase(f"{KEY}.dates.one", {"first_on": first})
    params = {"first_on": first, "last_on": last, "last": pesos(schedule.last_payment)}
    return Phrase(f"{KEY}.dates.other", params)


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
    """The rate as it is quoted, its effective annual one, and the one with the insurance; and of
    which month the usury cap is, when it is not of this one."""
    schedule = quote.schedule
    quoted = Phrase(f"{KEY}.rate.quoted", {"rate": rate_phrase(schedule.loan.rate)})
    params = {"percent": shown(schedule.rate_effective_annual)}
    if schedule.total_insurance:
        whole = params | {"whole": shown(schedule.effective_annual)}
        return quoted, Phrase(f"{KEY}.rate.insured", whole), *_cap(quote)
    return quoted, Phrase(f"{KEY}.rate.annual", params), *_cap(quote)


def _cap(quote: CreditQuote) -> tuple[Phrase, ...]:
    if quote.cap_is_current:
        return ()
    params = {"percent": quote.cap.percent, "month": quote.cap.month}
    return (Phrase(f"{KEY}.cap.older", params | {"now": quote.situation.day}),)
