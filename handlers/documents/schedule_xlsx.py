"""A schedule as a spreadsheet (xlsxwriter): figures are figures, text is never a formula."""

from datetime import date
from decimal import Decimal
from io import BytesIO

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from domain.finance.rounding import Rounding
from handlers.documents.schedule_cells import Cell, about, headings, rows
from handlers.documents.simulation_paper import CreditPaper
from handlers.documents.simulation_words import KEY
from handlers.kit.texts import plain

BRAND, PANEL = "#103A69", "#EAEFF5"
WIDTHS = (8, 13, 18, 16, 14, 18, 18)


def schedule_xlsx(paper: CreditPaper) -> bytes:
    """A workbook of one sheet: what it is of, the instalments, their sums."""
    file = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with Workbook(file, options) as book:
        title = plain(f"{KEY}.credit.title")
        book.set_properties(
            {
                "title": title,
                "author": paper.cooperative.name,
                "created": paper.issued_at.replace(tzinfo=None),
            }
        )
        _fill(book, book.add_worksheet(plain(f"{KEY}.cells.sheet")), paper)
    return file.getvalue()


def _fill(book: Workbook, sheet: Worksheet, paper: CreditPaper) -> None:
    lines, strong = about(paper.quote), book.add_format({"bold": True, "font_color": BRAND})
    head = book.add_format({"bold": True, "bg_color": PANEL, "font_color": BRAND, "align": "right"})
    for at, width in enumerate(WIDTHS):
        sheet.set_column(at, at, width)
    for at, line in enumerate(lines):
        sheet.write_string(at, 0, line, strong if at == 0 else None)
    top = len(lines) + 1
    for at, text in enumerate(headings()):
        sheet.write_string(top, at, text, head)
    sheet.freeze_panes(top + 1, 0)
    kinds = _formats(book, paper.quote.line.rounding)
    last = top
    for last, row in enumerate(rows(paper.quote), top + 1):
        for at, cell in enumerate(row):
            _write(sheet, last, at, cell, kinds)
    _sums(
        sheet,
        last + 1,
        paper,
        book.add_format({"bold": True, "num_format": _pattern(paper.quote.line.rounding)}),
    )


def _formats(book: Workbook, rounding: Rounding) -> dict[type, Format]:
    return {
        date: book.add_format({"num_format": "dd/mm/yyyy"}),
        Decimal: book.add_format({"num_format": _pattern(rounding)}),
    }


def _pattern(rounding: Rounding) -> str:
    return "#,##0.00" if rounding is Rounding.NONE else "#,##0"


def _write(sheet: Worksheet, row: int, column: int, cell: Cell, kinds: dict[type, Format]) -> None:
    match cell:
        case date():
            sheet.write_datetime(row, column, cell, kinds[date])
        case Decimal():
            # A spreadsheet's number holds 15 digits: centavos of ten million millions.
            sheet.write_number(row, column, float(cell), kinds[Decimal])
        case int():
            sheet.write_number(row, column, cell)


def _sums(sheet: Worksheet, row: int, paper: CreditPaper, strong: Format) -> None:
    """Sums as figures, not as formulas."""
    shown, table = paper.quote.line.rounding.shown, paper.quote.schedule.rows
    sheet.write_string(row, 1, plain(f"{KEY}.cells.sum"), strong)
    for at, part in enumerate(("principal", "interest", "insurance", "payment"), 2):
        whole = sum((getattr(each, part) for each in table), Decimal(0))
        sheet.write_number(row, at, float(shown(whole)), strong)
