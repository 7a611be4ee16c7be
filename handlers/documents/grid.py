"""Tables on the cooperative's paper: figures get the width they need, words share the rest."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from fpdf.fonts import FontFace

from handlers.documents.sheet import BRAND, CONDENSED, LEADING, PANEL, SMALL, Sheet

PADDING = 1.5
# a hair more than the padding, or rounding would break the widest line
SIDES = 2 * PADDING + 0.1
LEAST_WORDS = 28.0


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
    sheet.set_stretching(CONDENSED * _squeeze(sheet, columns))
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
    sheet.set_stretching(CONDENSED)
    sheet.type()


def _squeeze(sheet: Sheet, columns: Sequence[Column]) -> float:
    """How much narrower than usual the type must be for all figures to fit; 1 as a rule."""
    figures = [c for c in columns if not c.words]
    room = sheet.epw - LEAST_WORDS * (len(columns) - len(figures)) - SIDES * len(figures)
    return min(1.0, room / sum(_text_width(sheet, c) for c in figures))


def _widths(sheet: Sheet, columns: Sequence[Column]) -> list[float]:
    fitted = [0.0 if c.words else _text_width(sheet, c) + SIDES for c in columns]
    rest = (sheet.epw - sum(fitted)) / max(sum(c.words for c in columns), 1)
    return [rest if c.words else width for c, width in zip(columns, fitted, strict=True)]


def _text_width(sheet: Sheet, column: Column) -> float:
    sheet.type(SMALL, "B")
    strong = _widest(sheet, [*column.title.split(" "), column.total])
    sheet.type(SMALL)
    return max(strong, _widest(sheet, [line for c in column.cells for line in c.split("\n")]))


def _widest(sheet: Sheet, lines: Iterable[str]) -> float:
    return max(map(sheet.get_string_width, lines), default=0.0)
