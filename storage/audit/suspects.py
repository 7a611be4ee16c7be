"""Entries that do not fit their chain value: edited, or moved from somewhere else."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import product

from storage.audit.chain import Chain, Values
from storage.audit.findings import Finding, Flaw

# Looking for where contents belong takes the cube of this; more are told as they are.
MOST = 16


@dataclass(frozen=True, slots=True)
class Suspect:
    """`befores`: the chain values that it may have been sealed after."""

    id: int
    values: Values
    chain: str
    befores: frozenset[str]


@dataclass(slots=True)
class Suspects:
    """The first few are kept whole; of any number of others only the ranges are."""

    few: list[Suspect] = field(default_factory=list)
    many: list[Finding] = field(default_factory=list)

    def add(self, suspect: Suspect) -> None:
        if len(self.few) < MOST:
            self.few.append(suspect)
        else:
            self.many = _joined([*self.many[-1:], _altered(suspect.id)], self.many[:-1])

    def findings(self, chain: Chain) -> list[Finding]:
        """What they turn out to be; an entry that only stands beside a flaw is none."""
        homes = _homes(chain, self.few)
        found: list[Finding] = []
        for suspect in self.few:
            place = homes.get(suspect.id)
            if place is None:
                found = _joined([_altered(suspect.id)], found)
            elif place != suspect.id:
                found.append(Finding(Flaw.MOVED, suspect.id, suspect.id, place))
        return _joined(self.many, found)


def _homes(chain: Chain, few: Iterable[Suspect]) -> dict[int, int]:
    """The place that each entry was sealed for, where its chain value is still to be found."""
    suspects = list(few)
    sealed = {each.chain for each in suspects}
    befores = sealed.union(*(each.befores for each in suspects))
    found: dict[int, int] = {}
    for suspect, place in product(suspects, [each.id for each in suspects]):
        values = [place, *suspect.values[1:]]
        if any(chain.link(before, values) in sealed for before in befores):
            # Its own place wins: two entries may have the same content.
            found[suspect.id] = place if found.get(suspect.id) != suspect.id else suspect.id
    return found


def _altered(number: int) -> Finding:
    return Finding(Flaw.ALTERED, number, number)


def _joined(findings: Iterable[Finding], earlier: list[Finding]) -> list[Finding]:
    """The findings after the earlier ones, neighbours of one kind as one range."""
    return list(_ranges([*earlier, *findings]))


def _ranges(findings: list[Finding]) -> Iterator[Finding]:
    open_: Finding | None = None
    for each in findings:
        if open_ and open_.flaw is each.flaw is Flaw.ALTERED and each.first == open_.last + 1:
            open_ = Finding(each.flaw, open_.first, each.last)
            continue
        if open_:
            yield open_
        open_ = each
    if open_:
        yield open_
