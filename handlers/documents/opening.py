"""How a printed statement begins: whose it is, and all of it at a glance."""

from fpdf.fonts import FontFace

from domain.money import Centavos
from domain.statement import Statement
from handlers.documents import words
from handlers.documents.dues import next_dues
from handlers.documents.glyphs import tidy
from handlers.documents.paper import StatementPaper
from handlers.documents.sheet import BRAND, PANEL, TEXT, Sheet
from handlers.kit.texts import plain, plural

KEY = "documents.statement"
LONGEST_HOLDER = 90
LABEL = FontFace(color=(70, 78, 88))
APART = (1.3, 2, 1.3, 6)
STRONG = FontFace(emphasis="B")


def heading(sheet: Sheet, cut_off: str) -> None:
    """The title and the date the figures are of."""
    sheet.type(18, "B", BRAND)
    sheet.cell(sheet.epw / 2, 9, plain(f"{KEY}.title"))
    sheet.type(11, "B")
    sheet.cell(0, 9, plain(f"{KEY}.cut_off", {"cut_off": cut_off}), align="R")
    sheet.ln(11)


def holder(sheet: Sheet, paper: StatementPaper) -> None:
    """Who the statement belongs to; a name too long for the box is shortened."""
    first, last = paper.period
    period = plain(f"{KEY}.holder.range", {"first": first, "last": last})
    facts = (
        ("name", tidy(paper.holder, LONGEST_HOLDER), "document", tidy(paper.document, 30)),
        ("member_number", tidy(paper.member_number, 30), "period", period),
    )
    sheet.type(TEXT)
    with sheet.table(
        col_widths=(30, 74, 28, 56),
        text_align="L",
        first_row_as_headings=False,
        borders_layout="NONE",
        line_height=4.8,
        padding=(0.5, 1.2),
        v_align="T",
    ) as table:
        for label, value, other_label, other_value in facts:
            row = table.row()
            row.cell(plain(f"{KEY}.holder.{label}"), style=LABEL)
            row.cell(value, style=STRONG)
            row.cell(plain(f"{KEY}.holder.{other_label}"), style=LABEL)
            row.cell(other_value, style=STRONG)


def summary(sheet: Sheet, statement: Statement) -> None:
    """Two columns: what the member has and what the member owes."""
    sheet.ln(3)
    sheet.type(10)
    with sheet.table(
        col_widths=(32, 48, 58, 50),
        text_align=("L", "R", "L", "R"),
        headings_style=FontFace(emphasis="B", color=255, fill_color=BRAND),
        line_height=5,
        padding=(1.3, 2),
        v_align="T",
        borders_layout="HORIZONTAL_LINES",
        cell_fill_color=PANEL,
        cell_fill_mode="ALL",
    ) as table:
        titles = table.row()
        titles.cell(plain(f"{KEY}.summary.has"), colspan=2, align="L")
        titles.cell(plain(f"{KEY}.summary.owes"), colspan=2, align="L", padding=APART)
        for (has, amount), (owes, debt) in zip(_has(statement), _owes(statement), strict=True):
            row = table.row()
            row.cell(has)
            row.cell(amount, style=STRONG)
            row.cell(owes, padding=APART)
            row.cell(debt, style=STRONG)


def _has(statement: Statement) -> list[tuple[str, str]]:
    amounts = (statement.total_contributions, statement.total_savings)
    whole = Centavos(sum(amounts))
    figures = words.figures((*amounts, whole), "")
    labels = [plain(f"{KEY}.summary.{part}") for part in ("contributions", "savings", "total")]
    return list(zip(labels, figures, strict=True))


def _owes(statement: Statement) -> list[tuple[str, str]]:
    dues = next_dues(statement)
    balance, amount = words.figures([statement.total_credits, dues.amount if dues else None], "")
    return [
        (plain(f"{KEY}.summary.credits"), balance),
        (_dues_label(statement), amount or words.nothing()),
        (plain(f"{KEY}.summary.status"), _status(statement)),
    ]


def _dues_label(statement: Statement) -> str:
    dues = next_dues(statement)
    if dues is None:
        return plain(f"{KEY}.summary.no_dues")
    params = {"count": dues.count, "first": dues.first}
    return plain(plural(f"{KEY}.summary.dues", dues.count), params)


def _status(statement: Statement) -> str:
    if not statement.days_past_due:
        return plain("documents.current")
    days = words.past_due(statement.days_past_due)
    return plain(f"{KEY}.summary.overdue", {"days": days, "amount": statement.total_arrears})
