"""The picture of a CDAT; runs in a pool process, where matplotlib may be imported."""

from collections.abc import Sequence
from decimal import Decimal

from matplotlib.ticker import FuncFormatter

from domain.finance.cdats import Cdat, CdatYield
from domain.finance.periods import Period
from domain.finance.rates import growth
from domain.finance.rounding import centavos
from domain.products.cdat_quotes import CdatQuote
from handlers.documents import words
from handlers.documents.picture import HAS, OTHERS, Picture
from handlers.documents.simulation_paper import CdatPaper
from handlers.documents.simulation_words import KEY, chart_notes, quoted, short_pesos, term
from handlers.kit.format import money
from handlers.kit.texts import plain

CHART = f"{KEY}.cdat.chart"
TALL = 3.0
POINTS = 24


def cdat_chart(paper: CdatPaper) -> bytes:
    """A PNG, 1200 px wide: how the interest comes in, and what other settlements would pay."""
    quote = paper.quote
    picture = Picture()
    yields = {
        "amount": money(centavos(quote.request.amount)),
        "net": money(centavos(quote.outcome.net)),
    }
    of = {
        "line": quote.line.name,
        "term": term(quote.request.days, "days"),
        "rate": quoted(quote.outcome.cdat.rate),
    }
    picture.title(plain(f"{CHART}.title", yields), plain(f"{CHART}.below", of))
    _growth(picture, quote)
    if len(quote.comparison) > 1:
        _comparison(picture, quote)
    for note in chart_notes(quote.situation, quote.band.validity):
        picture.line(note, "")
    return picture.png()


def _growth(picture: Picture, quote: CdatQuote) -> None:
    outcome = quote.outcome
    at_maturity = quote.request.settlement is Period.AT_MATURITY
    key = "accrued" if at_maturity else "received"
    picture.line(plain(f"{CHART}.{key}"), "", bold=True)
    panel = picture.panel(TALL)
    days, amounts = _accrued(outcome) if at_maturity else _received(outcome)
    panel.rise(days, amounts, HAS, steps=not at_maturity)
    panel.dress(plain(f"{CHART}.days"), FuncFormatter(lambda y, _: short_pesos(Decimal(str(y)))))


def _accrued(outcome: CdatYield) -> tuple[list[int], list[Decimal]]:
    """Interest earned by some days of the term, what will be withheld taken off."""
    cdat = outcome.cdat
    days = [cdat.days * at // POINTS for at in range(POINTS + 1)]
    kept = outcome.net / outcome.gross if outcome.gross else Decimal(1)
    return days, [_interest(cdat, day) * kept for day in days]


def _interest(cdat: Cdat, days: int) -> Decimal:
    return cdat.amount * (growth(cdat.rate, Decimal(days) / cdat.day_base) - 1)


def _received(outcome: CdatYield) -> tuple[list[int], list[Decimal]]:
    """Net interest received by each payment."""
    days, amounts = [0], [Decimal(0)]
    count = len(outcome.payments)
    for payment in outcome.payments:
        days.append(outcome.cdat.days * payment.number // count)
        amounts.append(amounts[-1] + payment.net)
    return days, amounts


def _comparison(picture: Picture, quote: CdatQuote) -> None:
    """A bar for each settlement, what was chosen in its own colour."""
    picture.line(plain(f"{CHART}.comparison"), "", bold=True)
    most = max((option.net for option in quote.comparison), default=Decimal(0))
    for option in _ordered(quote.comparison):
        chosen = option.cdat.settlement is quote.request.settlement
        label = words.period(option.cdat.settlement)
        picture.line(label, money(centavos(option.net)), bold=chosen)
        picture.bar([(float(option.net / most) if most else 0.0, HAS if chosen else OTHERS)])
        picture.gap()


def _ordered(options: Sequence[CdatYield]) -> list[CdatYield]:
    return sorted(options, key=lambda option: option.net, reverse=True)
