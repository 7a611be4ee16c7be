"""The decimal mark of a file, from all its numbers."""

from collections.abc import Iterable, Sequence

from storage.intake.cells import clean
from storage.intake.findings import FileUnusable, Reason
from storage.intake.numbers import Decimals, agrees, evidence


def settle(
    rows: Iterable[tuple[int, list[str] | None]], numeric: Sequence[tuple[int, str]]
) -> Decimals:
    """What the (place, header) columns prove; FileUnusable when they prove both."""
    settled: Decimals | None = None
    first = 0
    last_place = max(place for place, _ in numeric)
    for line, cells in rows:
        if cells is None or len(cells) <= last_place:
            continue
        for place, header in numeric:
            cell = cells[place]
            if settled is not None and agrees(cell, settled):
                continue
            found = evidence(clean(cell))
            if found is None or found is settled:
                continue
            if settled is not None:
                detail = str(first)
                raise FileUnusable(Reason.AMOUNTS_CONTRADICT, detail, line=line, column=header)
            settled, first = found, line
    return settled or Decimals.UNSETTLED
