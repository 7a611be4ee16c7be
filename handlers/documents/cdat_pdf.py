"""The printed simulation of a CDAT; runs in a pool process, where fpdf2 may be imported."""

from collections.abc import Sequence
from decimal import Decimal

from domain.finance.cdats import CdatYield
from domain.finance.rounding import centavos
from domain.products.cdat_quotes import CdatQuote
from handlers.documents import words
from handlers.documents.facts import Fact, facts, heading, panel
from handlers.documents.glyphs import tidy
from handlers.documents.grid import Column, draw
from handlers.documents.sheet import SMALL, Sheet
from handlers.documents.simulation_paper import CdatPaper
from handlers.documents.simulation_words import KEY, annual, dated, periodic, quoted, term
from handlers.kit.format import day, money, percent
from handlers.kit.texts import plain

CDAT = f"{KEY}.cdat"


def cdat_pdf(paper: CdatPaper) -> bytes:
    """The PDF of a simulated CDAT; the same paper always gives the same bytes."""
    quote = paper.quote
    title = plain(f"{CDAT}.subject", {"line": quote.line.name})
    sheet = Sheet(paper.cooperative, title, paper.issued_at)
    heading(sheet, plain(f"{CDAT}.title"), day(quote.situation.day))
    facts(sheet, _asked(quote))
    panel(sheet, _figures(quote.outcome))
    sheet.section(plain(f"{CDAT}.calendar"))
    draw(sheet, _calendar(quote.outcome))
    sheet.ln(1.5)
    sheet.line_of(_back(quote))
    if len(quote.comparison) > 1:
        sheet.section(plain(f"{CDAT}.comparison"))
        draw(sheet, _comparison(quote.comparison))
        sheet.ln(1.5)
        sheet.line_of(plain(f"{CDAT}.why"))
    _notes(sheet, paper)
    return bytes(sheet.output())


def _asked(quote: CdatQuote) -> list[Fact]:
    outcome = quote.outcome
    values = {
        "line": tidy(quote.line.name, 40),
        "amount": money(centavos(quote.request.amount)),
        "term": term(quote.request.days, "days"),
        "matures": day(outcome.matures_on),
        "settlement": words.period(quote.request.settlement),
        "count": str(len(outcome.payments)),
        "rate": quoted(outcome.cdat.rate),
        "annual": annual(outcome.effective_annual),
        "periodic": periodic(outcome.periodic_rate),
        "withheld_at": percent(outcome.cdat.withholding.percent),
    }
    return [(plain(f"{CDAT}.label.{name}"), value) for name, value in values.items()]


def _figures(outcome: CdatYield) -> list[Fact]:
    values = {
        "gross": outcome.gross,
        "withholding": outcome.withholding,
        "net": outcome.net,
        "total": outcome.total,
    }
    return [(plain(f"{CDAT}.label.{name}"), money(centavos(v))) for name, v in values.items()]


def _calendar(outcome: CdatYield) -> list[Column]:
    payments = outcome.payments
    return [
        Column(plain(f"{CDAT}.column.number"), [str(p.number) for p in payments]),
        Column(
            plain(f"{CDAT}.column.date"),
            [words.short_date(p.due_on) for p in payments],
            plain(f"{CDAT}.column.sum"),
            align="L",
        ),
        _amounts("gross", [p.gross for p in payments]),
        _amounts("withholding", [p.withholding for p in payments]),
        _amounts("net", [p.net for p in payments]),
    ]


def _back(quote: CdatQuote) -> str:
    """When the deposit itself comes back."""
    amount = money(centavos(quote.request.amount))
    return plain(f"{CDAT}.back.text", {"matures": quote.outcome.matures_on, "amount": amount})


def _amounts(part: str, amounts: Sequence[Decimal]) -> Column:
    shown = [centavos(amount) for amount in (*amounts, sum(amounts, Decimal(0)))]
    *cells, whole = words.figures(shown, "")
    return Column(plain(f"{CDAT}.column.{part}"), cells, whole)


def _comparison(options: Sequence[CdatYield]) -> list[Column]:
    periods = [words.period(option.cdat.settlement) for option in options]
    counts = [str(len(option.payments)) for option in options]
    columns = [
        Column(plain(f"{CDAT}.column.settlement"), periods, align="L"),
        Column(plain(f"{CDAT}.column.count"), counts),
    ]
    figures = {
        "each": [option.payments[0].net for option in options],
        "gross": [option.gross for option in options],
        "withholding": [option.withholding for option in options],
        "net": [option.net for option in options],
    }
    for part, amounts in figures.items():
        cells = words.figures([centavos(amount) for amount in amounts], "")
        columns.append(Column(plain(f"{CDAT}.column.{part}"), cells))
    return columns


def _notes(sheet: Sheet, paper: CdatPaper) -> None:
    quote, coop = paper.quote, paper.cooperative
    who = {"name": coop.name, "phone": coop.phone, "hours": coop.hours}
    notes = [
        plain(f"{CDAT}.note.nature"),
        dated(quote.situation, quote.band.validity),
        plain(f"{CDAT}.note.withholding"),
        plain(f"{KEY}.requirements", {"text": " ".join(quote.line.requirements.split("\n"))}),
        plain(f"{KEY}.doubts", who),
    ]
    sheet.section(plain(f"{KEY}.notes"))
    sheet.type(SMALL)
    for note in notes:
        sheet.line_of(note)
        sheet.ln(1)
