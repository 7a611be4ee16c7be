"""The few largest of many, so that a picture stays readable on a phone."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from handlers.kit.texts import plain

MOST_BARS = 6
T = TypeVar("T")


def largest(items: Sequence[T], size: Callable[[T], int]) -> tuple[list[T], list[T]]:
    """The items worth a bar of their own, largest first, and those to be drawn as one."""
    ordered = sorted(items, key=size, reverse=True)
    alone = MOST_BARS if len(ordered) <= MOST_BARS else MOST_BARS - 1
    return ordered[:alone], ordered[alone:]


def more(count: int) -> str:
    """The label of the bar that stands for the other credits."""
    return plain("documents.chart.more_credits", {"count": count})
