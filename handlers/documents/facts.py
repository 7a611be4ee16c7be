"""A box of facts: label and value, two a row."""

from collections.abc import Sequence

from fpdf.fonts import FontFace

from handlers.documents.sheet import BRAND, PANEL, TEXT, Sheet

LABEL = FontFace(color=(70, 78, 88))
STRONG = FontFace(emphasis="B")
HEADLINE = FontFace(emphasis="B", color=BRAND, size_pt=13)
Fact = tuple[str, str]


def heading(sheet: Sheet, title: str, aside: str) -> None:
    """The title of a paper, and at its right what it is of."""
    sheet.type(18, "B", BRAND)
    sheet.cell(sheet.epw * 0.62, 9, title)
    sheet.type(11, "B")
    sheet.cell(0, 9, aside, align="R")
    sheet.ln(11)


def facts(sheet: Sheet, given: Sequence[Fact]) -> None:
    """The facts in reading order, two a row."""
    pairs = [given[at : at + 2] for at in range(0, len(given), 2)]
    sheet.type(TEXT)
    with sheet.table(
        col_widths=(34, 62, 36, 56),
        text_align="L",
        first_row_as_headings=False,
        borders_layout="NONE",
        line_height=4.8,
        padding=(0.5, 1.2),
        v_align="T",
    ) as table:
        for pair in pairs:
            row = table.row()
            for label, value in (*pair, *((("", ""),) * (2 - len(pair)))):
                row.cell(label, style=LABEL)
                row.cell(value, style=STRONG)


def panel(sheet: Sheet, given: Sequence[Fact]) -> None:
    """The figures that matter most, one a column, on a tinted panel."""
    sheet.ln(3)
    sheet.type(TEXT)
    with sheet.table(
        col_widths=(1,) * len(given),
        text_align="C",
        first_row_as_headings=False,
        borders_layout="NONE",
        line_height=6,
        padding=(1.2, 1.5),
        cell_fill_color=PANEL,
        cell_fill_mode="ALL",
    ) as table:
        labels, values = table.row(), table.row()
        for label, value in given:
            labels.cell(label, style=LABEL)
            values.cell(value, style=HEADLINE)
    sheet.type()
