"""The rows that every benchmark gives, and the table they are printed in."""

from collections.abc import Iterable
from typing import NamedTuple


class Row(NamedTuple):
    """One measured thing, its peer in the same run, the ratio of both and what is aimed at."""

    figure: str
    ours: str
    peer: str = ""
    ratio: str = ""
    aim: str = ""


HEAD = Row("figure", "ours", "peer", "ratio", "aim")


def lines(rows: Iterable[Row]) -> list[str]:
    """The rows as a table of plain text (Markdown reads it too)."""
    table = [HEAD, *rows]
    widths = [max(len(row[n]) for row in table) for n in range(len(HEAD))]
    rule = Row(*("-" * width for width in widths))
    return [_line(row, widths) for row in (HEAD, rule, *table[1:])]


def _line(row: Row, widths: list[int]) -> str:
    cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
    return f"| {' | '.join(cells)} |"
