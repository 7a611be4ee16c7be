"""A schedule as CSV, as spreadsheets in Colombia read it: `;` and a decimal comma."""

import csv
from datetime import date
from decimal import Decimal
from io import StringIO

from handlers.documents.schedule_cells import Cell, about, headings, rows
from handlers.documents.simulation_paper import CreditPaper


def schedule_csv(paper: CreditPaper) -> bytes:
    """UTF-8 with a mark, so that Excel reads accents; what it is of stands below the table."""
    text = StringIO()
    writer = csv.writer(text, delimiter=";")
    writer.writerow(headings())
    writer.writerows([_written(cell) for cell in row] for row in rows(paper.quote))
    writer.writerow([])
    writer.writerows([line] for line in about(paper.quote))
    return text.getvalue().encode("utf-8-sig")


def _written(cell: Cell) -> str:
    match cell:
        case date():
            return f"{cell:%d/%m/%Y}"
        case Decimal():
            return f"{cell:f}".replace(".", ",")
    return str(cell)
