"""The copy of a member's data on the cooperative's paper."""

from collections.abc import Mapping, Sequence
from typing import Any

from fpdf.fonts import FontFace

from domain.money import Centavos
from handlers.documents.data_paper import KEY, DataPaper, in_words, label_of, readable, title_of
from handlers.documents.glyphs import tidy
from handlers.documents.grid import Column, draw
from handlers.documents.sheet import BRAND, SMALL, TEXT, Sheet
from handlers.documents.words import figures
from handlers.kit.texts import plain

# A table with more columns than these is written row by row.
MOST_COLUMNS = 6
LONGEST = 400
_WRAPPING = frozenset(
    {"description", "text", "text_sha256", "void_reason", "action", "concept"},
)
_LABEL = FontFace(color=(70, 78, 88))
_STRONG = FontFace(emphasis="B")
Row = Mapping[str, Any]


def data_pdf(paper: DataPaper) -> bytes:
    """The PDF of everything; the same paper always gives the same bytes."""
    sheet = Sheet(paper.cooperative, plain(f"{KEY}.title"), paper.at)
    _opening(sheet, paper)
    for name, rows in paper.sections.items():
        sheet.section(title_of(name))
        if len(rows[0]) > MOST_COLUMNS or len(rows) == 1:
            for row in rows:
                _block(sheet, _worded(paper, name, row))
        else:
            _table(sheet, paper, name)
    return bytes(sheet.output())


def _opening(sheet: Sheet, paper: DataPaper) -> None:
    sheet.type(18, "B", BRAND)
    sheet.line_of(plain(f"{KEY}.title"), 9)
    sheet.ln(1)
    sheet.type(TEXT)
    who = {"cooperative": paper.cooperative.name, "contact": _contact(paper)}
    sheet.line_of(plain(f"{KEY}.opening", who))


def _contact(paper: DataPaper) -> str:
    return paper.cooperative.data_processing.contact


def _worded(paper: DataPaper, table: str, row: Row) -> dict[str, str]:
    return {
        name: tidy(readable(in_words(paper, table, name, value)), LONGEST)
        for name, value in row.items()
    }


def _block(sheet: Sheet, row: Mapping[str, str]) -> None:
    """One row as labels and values, two of them a line; what is empty is left out."""
    filled = [(label_of(k), v) for k, v in row.items() if v != plain("documents.none")]
    if len(filled) % 2:
        filled.append(("", ""))
    sheet.type(SMALL)
    with sheet.table(
        col_widths=(38, 56, 38, 56),
        text_align="L",
        first_row_as_headings=False,
        borders_layout="NONE",
        line_height=4.6,
        padding=(0.4, 1.2),
        v_align="T",
    ) as table:
        for (label, value), (other, other_value) in zip(filled[::2], filled[1::2], strict=True):
            line = table.row()
            for text, style in ((label, _LABEL), (value, _STRONG)):
                line.cell(text, style=style)
            for text, style in ((other, _LABEL), (other_value, _STRONG)):
                line.cell(text, style=style)
    sheet.ln(2)


def _table(sheet: Sheet, paper: DataPaper, name: str) -> None:
    rows = paper.sections[name]
    worded = [_worded(paper, name, row) for row in rows]
    draw(sheet, [_column(column, rows, worded) for column in rows[0]])


def _column(name: str, rows: Sequence[Row], worded: Sequence[Mapping[str, str]]) -> Column:
    """Amounts with their commas one below the other, anything else as it is."""
    values = [row[name] for row in rows]
    if all(isinstance(each, Centavos | None) for each in values):
        return Column(label_of(name), figures(values, plain("documents.none")))
    cells = [row[name] for row in worded]
    return Column(label_of(name), cells, align="L", words=name in _WRAPPING)
