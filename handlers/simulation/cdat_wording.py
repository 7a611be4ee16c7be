"""What a CDAT yields, in plain words."""

from collections.abc import Sequence

from domain.finance.cdats import CdatYield
from domain.finance.periods import Period
from domain.leads.lead import Product
from domain.money import Percent
from domain.products.cdat_quotes import CdatQuote
from handlers.kit.screen import Params, Phrase
from handlers.kit.texts import plural
from handlers.simulation.wording import dated, pesos, rate_phrase, shown, term_phrase

KEY = "simulation.cdat"


def summary(quote: CdatQuote) -> Params:
    """All of a CDAT on one screen."""
    outcome = quote.outcome
    return {
        "line": quote.line.name,
        "amount": pesos(quote.request.amount),
        "term": term_phrase(Product.CDAT, quote.request.days),
        "matures_on": outcome.matures_on,
        "pays": pays_phrase(outcome),
        "gross": pesos(outcome.gross),
        "withheld": withheld_phrase(outcome),
        "net": pesos(outcome.net),
        "total": pesos(outcome.total),
        "rate": (*rate_phrases(quote), *why_phrases(quote)),
        "dated": dated(quote.situation, quote.band.validity.since),
    }


def pays_phrase(outcome: CdatYield) -> Phrase:
    """When the interest is paid, and how much each time."""
    if outcome.cdat.settlement is Period.AT_MATURITY:
        return Phrase(f"{KEY}.pays.at_maturity")
    count = len(outcome.payments)
    params = {
        "every": Phrase(f"statement.period.{outcome.cdat.settlement}"),
        "count": count,
        "net": pesos(outcome.payments[0].net),
        "first_on": outcome.payments[0].due_on,
    }
    return Phrase(plural(f"{KEY}.pays.in_parts", count), params)


def withheld_phrase(outcome: CdatYield) -> Phrase:
    """What is withheld and at which rate; nothing below the threshold."""
    params = {"percent": outcome.cdat.withholding.percent, "amount": pesos(outcome.withholding)}
    return Phrase(f"{KEY}.withheld", params)


def rate_phrases(quote: CdatQuote) -> tuple[Phrase, ...]:
    """The rate as it is quoted, its effective annual one, and that of each payment."""
    outcome = quote.outcome
    quoted = Phrase(f"{KEY}.rate.quoted", {"rate": rate_phrase(outcome.cdat.rate)})
    if outcome.cdat.settlement is Period.AT_MATURITY:
        return (quoted, _periodic(outcome, "term"))
    return (quoted, _periodic(outcome, "payment"))


def _periodic(outcome: CdatYield, of: str) -> Phrase:
    return Phrase(f"{KEY}.rate.{of}", {"percent": Percent(shown(outcome.periodic_rate, 4))})


def why_phrases(quote: CdatQuote) -> Sequence[Phrase]:
    """Why the total is less when interest is paid on the way; nothing when it is not."""
    outcome, whole = quote.outcome, at_maturity(quote.comparison)
    if whole is None or outcome.net >= whole.net:
        return ()
    params = {
        "every": Phrase(f"statement.period.{outcome.cdat.settlement}"),
        "less": pesos(whole.net - outcome.net),
    }
    return (Phrase(f"{KEY}.why", params),)


def at_maturity(comparison: Sequence[CdatYield]) -> CdatYield | None:
    """The same money with all interest at the end, if the line offers that."""
    ends = (each for each in comparison if each.cdat.settlement is Period.AT_MATURITY)
    return next(ends, None)
