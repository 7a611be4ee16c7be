"""Pages of a long list, and the buttons that turn them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from handlers.kit.callbacks import Callback
from handlers.kit.screen import Button, Rows

_LAST_PAGE = 9_999


@dataclass(frozen=True, slots=True)
class Turn(Callback):
    prefix = "spag"
    page: int


def page_within(page: int, last: int = _LAST_PAGE) -> int:
    """The nearest page that may exist, for a client may ask for any."""
    return min(max(page, 0), last)


def last_page(items: Sequence[Any], size: int) -> int:
    """The number of the last page, from 0."""
    return max(len(items) - 1, 0) // size


def turning_row(page: int, more: bool, key: str) -> Rows:
    """The buttons to the previous and the next page, where there are any."""
    before = (Button(f"{key}.before", Turn(page - 1)),) if page > 0 else ()
    after = (Button(f"{key}.after", Turn(page + 1)),) if more else ()
    return ((*before, *after),) if before or after else ()
