"""What the answers of a section must say together."""

from collections.abc import Iterator

from domain.profile.form import Rule, Section, Values, Wrong
from domain.profile.kinds import WHOLE


def whole_shares(_section: Section, entries: tuple[Values, ...]) -> Iterator[Wrong]:
    """The beneficiaries' shares are one whole, 100 %."""
    shares = sum(int(entry.get("share", 0)) for entry in entries)
    if entries and shares != WHOLE:
        yield Wrong("shares", "share")


def distinct(field: str) -> Rule:
    """Nobody is there twice."""

    def rule(_section: Section, entries: tuple[Values, ...]) -> Iterator[Wrong]:
        given = [entry[field] for entry in entries if field in entry]
        if len(set(given)) < len(given):
            yield Wrong("twice", field)

    return rule


def in_order(first: str, second: str) -> Rule:
    """One day is not before another."""

    def rule(_section: Section, entries: tuple[Values, ...]) -> Iterator[Wrong]:
        for entry in entries:
            if first in entry and second in entry and entry[second] < entry[first]:
                yield Wrong("order", second)

    return rule
