"""A QR code drawn as squares: sharp at any size, and the same for the same text."""

from collections.abc import Iterator
from itertools import groupby

import segno
from fpdf import FPDF

# A quarter of it may be smudged or folded and it is still read.
_CORRECTION = "Q"
_QUIET = 4


def draw_qr(pdf: FPDF, text: str, x: float, y: float, side: float) -> None:
    """The code with its quiet zone inside a square of that side, in mm; black on white."""
    rows = [list(row) for row in segno.make(text, error=_CORRECTION, micro=False).matrix]
    module = side / (len(rows) + 2 * _QUIET)
    with pdf.local_context(fill_color=0):
        for down, row in enumerate(rows):
            top = y + (down + _QUIET) * module
            for first, length in _runs(row):
                left = x + (first + _QUIET) * module
                # A hair wider, or viewers show seams between the rows.
                pdf.rect(left, top, length * module, module * 1.02, style="F")


def _runs(row: list[int]) -> Iterator[tuple[int, int]]:
    """Where each run of dark modules begins, and how long it is."""
    at = 0
    for dark, run in groupby(row):
        length = len(list(run))
        if dark:
            yield at, length
        at += length
