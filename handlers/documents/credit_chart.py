"""The picture of a credit; runs in a pool process, where matplotlib may be imported."""

from decimal import Decimal

from matplotlib.ticker import FuncFormatter

from domain.finance.rounding import centavos
from domain.products.credit_quotes import CreditQuote
from handlers.documents.picture import HAS, INSURES, OWES, Picture
from handlers.documents.simulation_paper import CreditPaper
from handlers.documents.simulation_words import KEY, chart_notes, quoted, short_pesos, term
from handlers.kit.format import money
from handlers.kit.texts import plain

CHART = f"{KEY}.credit.chart"
TALL = 3.0


def credit_chart(paper: CreditPaper) -> bytes:
    """A PNG, 1200 px wide: what is paid back and what it costs, each instalment, the balance."""
    quote = paper.quote
    schedule = quote.schedule
    picture = Picture()
    paid = {
        "amount": money(centavos(quote.request.amount)),
        "total": money(centavos(schedule.total_paid)),
    }
    of = {
        "line": quote.line.name,
        "term": term(quote.request.months, "months"),
        "rate": quoted(schedule.loan.rate),
    }
    picture.title(plain(f"{CHART}.title", paid), plain(f"{CHART}.below", of))
    _shares(picture, quote)
    _instalments(picture, quote)
    _balance(picture, quote)
    for note in chart_notes(quote.situation, quote.band.validity):
        picture.line(note, "")
    return picture.png()


def _shares(picture: Picture, quote: CreditQuote) -> None:
    """All that is paid, divided into what was lent, interest and insurance."""
    schedule = quote.schedule
    parts = {
        "principal": (quote.request.amount, HAS),
        "interest": (schedule.total_interest, OWES),
        "insurance": (schedule.total_insurance, INSURES),
    }
    shown = {name: part for name, part in parts.items() if part[0]}
    picture.bar([(float(amount / schedule.total_paid), color) for amount, color in shown.values()])
    for name, (amount, color) in shown.items():
        picture.key(plain(f"{CHART}.{name}"), money(centavos(amount)), color)
    picture.gap()


def _instalments(picture: Picture, quote: CreditQuote) -> None:
    rows = quote.schedule.rows
    picture.line(plain(f"{CHART}.instalments"), "", bold=True)
    panel = picture.panel(TALL)
    parts = [([row.principal for row in rows], HAS), ([row.interest for row in rows], OWES)]
    if quote.schedule.total_insurance:
        parts.append(([row.insurance for row in rows], INSURES))
    panel.stack(parts)
    panel.dress(plain(f"{CHART}.number"), _labels())


def _balance(picture: Picture, quote: CreditQuote) -> None:
    balances = [quote.request.amount, *(row.balance for row in quote.schedule.rows)]
    picture.line(plain(f"{CHART}.balance"), "", bold=True)
    panel = picture.panel(TALL)
    panel.fall(balances, HAS)
    panel.dress(plain(f"{CHART}.number"), _labels())


def _labels() -> FuncFormatter:
    return FuncFormatter(lambda amount, _: short_pesos(Decimal(str(amount))))
