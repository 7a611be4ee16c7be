"""The printed statement of account; runs in a pool process, where fpdf2 may be imported."""

from handlers.documents import opening
from handlers.documents.movement_tables import movements
from handlers.documents.paper import StatementPaper
from handlers.documents.product_tables import products
from handlers.documents.sheet import SMALL, Sheet
from handlers.kit.format import day
from handlers.kit.texts import plain

KEY = "documents.statement"


def statement_pdf(paper: StatementPaper) -> bytes:
    """The PDF of a statement; the same paper always gives the same bytes."""
    cut_off = day(paper.statement.cut_off)
    title = plain(f"{KEY}.subject", {"cut_off": cut_off})
    sheet = Sheet(paper.cooperative, title, paper.issued_at)
    opening.heading(sheet, cut_off)
    opening.holder(sheet, paper)
    opening.summary(sheet, paper.statement)
    products(sheet, paper.statement)
    movements(sheet, paper)
    _note(sheet, paper)
    return bytes(sheet.output())


def _note(sheet: Sheet, paper: StatementPaper) -> None:
    coop = paper.cooperative
    who = {"name": coop.name, "phone": coop.phone, "email": coop.email, "hours": coop.hours}
    sheet.section(plain(f"{KEY}.note.title"))
    sheet.type(SMALL)
    for part in ("nature", "rates", "doubts"):
        sheet.line_of(plain(f"{KEY}.note.{part}", who))
        sheet.ln(1)
