"""The printed simulation of a credit; runs in a pool process, where fpdf2 may be imported."""

from domain.finance.rounding import centavos
from domain.finance.rows import Instalment
from domain.products.credit_quotes import CreditQuote
from handlers.documents import words
from handlers.documents.facts import Fact, facts, heading, panel
from handlers.documents.glyphs import tidy
from handlers.documents.grid import Column, draw
from handlers.documents.sheet import SMALL, Sheet
from handlers.documents.simulation_paper import CreditPaper
from handlers.documents.simulation_words import KEY, annual, dated, periodic, quoted, term
from handlers.kit.format import day, money
from handlers.kit.texts import plain, plural

CREDIT = f"{KEY}.credit"


def credit_pdf(paper: CreditPaper) -> bytes:
    """The PDF of a simulated credit; the same paper always gives the same bytes."""
    quote = paper.quote
    title = plain(f"{CREDIT}.subject", {"line": quote.line.name})
    sheet = Sheet(paper.cooperative, title, paper.issued_at)
    heading(sheet, plain(f"{CREDIT}.title"), day(quote.situation.day))
    facts(sheet, _asked(quote))
    panel(sheet, _figures(quote))
    sheet.section(plain(f"{CREDIT}.schedule"))
    draw(sheet, _columns(quote))
    _notes(sheet, paper)
    return bytes(sheet.output())


def _asked(quote: CreditQuote) -> list[Fact]:
    request, schedule = quote.request, quote.schedule
    values = {
        "line": tidy(quote.line.name, 40),
        "amount": money(centavos(request.amount)),
        "term": term(request.months, "months"),
        "count": _count(quote),
        "rate": quoted(schedule.loan.rate),
        "annual": annual(schedule.rate_effective_annual),
        "periodic": periodic(schedule.periodic_rate),
        "insured": annual(schedule.effective_annual),
        "system": plain(f"{CREDIT}.system.{request.system}"),
        "ends": day(schedule.rows[-1].due_on),
    }
    return [(plain(f"{CREDIT}.label.{name}"), value) for name, value in values.items()]


def _count(quote: CreditQuote) -> str:
    count = len(quote.schedule.rows)
    params = {"count": count, "period": words.period(quote.request.period)}
    return plain(plural(f"{CREDIT}.count", count), params)


def _figures(quote: CreditQuote) -> list[Fact]:
    schedule = quote.schedule
    same = len({row.payment for row in schedule.rows[:2]}) == 1
    values = {
        "payment" if same else "first_payment": schedule.first_payment,
        "interest": schedule.total_interest,
        "insurance": schedule.total_insurance,
        "total": schedule.total_paid,
    }
    return [(plain(f"{CREDIT}.label.{name}"), money(centavos(v))) for name, v in values.items()]


def _columns(quote: CreditQuote) -> list[Column]:
    rows = quote.schedule.rows
    columns = [
        Column(plain(f"{CREDIT}.column.number"), [str(row.number) for row in rows]),
        Column(
            plain(f"{CREDIT}.column.date"),
            [words.short_date(row.due_on) for row in rows],
            plain(f"{CREDIT}.column.sum"),
            align="L",
        ),
        _amounts(rows, "principal", summed=True),
        _amounts(rows, "interest", summed=True),
    ]
    if quote.schedule.total_insurance:
        columns.append(_amounts(rows, "insurance", summed=True))
    return [*columns, _amounts(rows, "payment", summed=True), _amounts(rows, "balance")]


def _amounts(rows: tuple[Instalment, ...], part: str, summed: bool = False) -> Column:
    amounts = [getattr(row, part) for row in rows]
    shown = [centavos(amount) for amount in amounts]
    if not summed:
        return Column(plain(f"{CREDIT}.column.{part}"), words.figures(shown, ""))
    *cells, whole = words.figures([*shown, centavos(sum(amounts))], "")
    return Column(plain(f"{CREDIT}.column.{part}"), cells, whole)


def _notes(sheet: Sheet, paper: CreditPaper) -> None:
    quote, coop = paper.quote, paper.cooperative
    cap = "current" if quote.cap_is_current else "older"
    limits = {"percent": quote.cap.percent, "month": quote.cap.month, "now": quote.situation.day}
    who = {"name": coop.name, "phone": coop.phone, "hours": coop.hours}
    notes = [
        plain(f"{CREDIT}.note.nature"),
        dated(quote.situation, quote.band.validity),
        plain(f"{CREDIT}.note.cap.{cap}", limits),
        plain(f"{CREDIT}.note.prepayment"),
        plain(f"{KEY}.requirements", {"text": " ".join(quote.line.requirements.split("\n"))}),
        plain(f"{KEY}.doubts", who),
    ]
    sheet.section(plain(f"{KEY}.notes"))
    sheet.type(SMALL)
    for note in notes:
        sheet.line_of(note)
        sheet.ln(1)
