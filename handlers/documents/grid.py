"""Tables on the cooperative's paper: figures get the width they need, words share the rest."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from fpdf.fonts import FontFace

from handlers.documents.sheet import BRAND, LEADING, PANEL, SMALL, Sheet

PADDING = 1.5


@dataclass(frozen=True, slots=True)
class Column:
    """A column and its cells; `words`: it wraps and takes the width that figures leave."""

    title: str
    cells: Sequence[str]
    total: str = ""
    align: str = "R"
    words: bool = False


def draw(sheet: Sheet, columns: Sequence[Column], caption: str = "") -> None:
    """A table with its totals, if any; caption and headings repeat on every page."""
    sheet.type(SMALL)
    with sheet.table(
        col_widths=_widths(sheet, columns),
        text_align=[c.align for c in columns],
        headings_style=FontFace(emphasis="B", color=BRAND, fill_color=PANEL),
        borders_layout="HORIZONTAL_LINES",
        line_height=LEADING,
        padding=(0.9, PADDING),
        v_align="T",
        num_heading_rows=2 if caption else 1,
    ) as table:
        if caption:
            table.row().cell(caption, colspan=len(columns), align="L")
        table.row([c.title for c in columns])
        for cells in zip(*(c.cells for c in columns), strict=True):
            table.row(cells)
        if any(c.total for c in columns):
            table.row([c.total for c in columns], style=FontFace(emphasis="B", fill_color=PANEL))
    sheet.type()


def _widths(sheet: Sheet, columns: Sequence[Column]) -> list[float]:
    fitted = [0.0 if c.words else _fitted(sheet, c) for c in columns]
    rest = (sheet.epw - sum(fitted)) / max(sum(c.words for c in columns), 1)
    return [rest if c.words else width for c, width in zip(columns, fitted, strict=True)]


def _fitted(sheet: Sheet, column: Column) -> float:
    sheet.type(SMALL, "B")
    strong = _widest(sheet, [*column.title.split(" "), column.total])
    sheet.type(SMALL)
    lines = [line for cell in column.cells for line in cell.split("\n")]
    # a hair more than measured, or rounding would break the widest line
    return max(strong, _widest(sheet, lines)) + 2 * PADDING + 0.1


def _widest(sheet: Sheet, lines: Iterable[str]) -> float:
    return max(map(sheet.get_string_width, lines), default=0.0)
